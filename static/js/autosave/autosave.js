/* The form of an item saves itself: to the server a moment after the last key, and on this machine until the server
   has it. What is kept here belongs to one person and one item, holds no files, and is taken away when the server
   has the text, at logout, and after a week (the last two by kept-texts.js, on every page). */
import { placesOf } from "../kept-texts.js";
import { waitBeforeSending, whenSent } from "../submitting.js";
import { entriesOf, spoken } from "./entries.js";
import { offerKeptTexts } from "./restoring.js";

const form = document.querySelector("form[data-autosave]");
if (form) autosave(form);

function autosave(form) {
  const PAUSE = 2000, LONGEST = 10000, RETRY = 10000, PATIENCE = 8000;
  const writer = form.dataset.writer;
  const mark = form.querySelector("[data-unsaved-mark]");
  const trouble = form.querySelector("[data-autosave-trouble]");
  const words = document.getElementById("autosave-words");
  const field = (name) => form.elements.namedItem(name);
  const placeOf = () => placesOf(writer) + (form.dataset.item ? `item:${form.dataset.item}` : field("form_key").value);

  const entries = () => entriesOf(form);
  const blank = () => !["title", "body"].some((name) => field(name)?.value.trim());
  const nothing = () => blank() && !form.dataset.item;
  const filesChosen = () => [...form.elements].some((control) => control.type === "file" && control.files.length);

  /* The browser would put old text back into a form it returns to, without asking. */
  form.autocomplete = "off";

  /* Where things stand ------------------------------------------------------------------------------------------ */
  let stored = form.hasAttribute("data-not-stored") ? null : spoken(entries());
  let unanswered = null;  // sent, but whether the server has it is not known
  let running = null;
  let stopped = form.hasAttribute("data-autosave-stopped") ? "superseded" : "";  // why nothing more is sent
  let worried = false;
  let leaving = false;
  let composing = false;
  let dirtySince = 0;
  let saveTimer, keepTimer;
  const dirty = () => spoken(entries()) !== stored;

  function tell(name, detail = "") {
    const message = words.content.querySelector(`[data-when="${name}"]`);
    worried = Boolean(message);
    const shown = message ? document.importNode(message, true) : "";
    if (detail) shown.append(detail);
    if (trouble.textContent !== (shown.textContent ?? "")) trouble.replaceChildren(shown);
    if (worried) mark.textContent = words.dataset.unsaved;
  }

  /* On this machine --------------------------------------------------------------------------------------------- */
  function keep() {
    clearTimeout(keepTimer);
    keepTimer = undefined;
    if (leaving || !dirty() || blank()) return true;
    const pairs = entries().filter(([name]) => name !== "csrfmiddlewaretoken");
    const named = new Map(pairs);
    const extract = `${named.get("title") || ""} ${named.get("body") || ""}`.trim().slice(0, 60);
    try {
      localStorage.setItem(placeOf(), JSON.stringify({ at: Date.now(), read: field("read").value, extract, entries: pairs }));
      return true;
    } catch {
      return false;
    }
  }

  function forget(place = placeOf()) {
    try { localStorage.removeItem(place); } catch { /* nothing can be kept here, so nothing is */ }
  }

  /* To the server ----------------------------------------------------------------------------------------------- */
  function save() {
    clearTimeout(saveTimer);
    running ??= attempt().finally(() => { running = null; });
    return running;
  }

  /* What became of it: "saved", or why not. A text whose answer was lost is sent once more as it was, so that the
     server finds it unchanged and the next one is not taken for somebody else's. */
  async function attempt() {
    if (stopped) return stopped;
    let outcome = "saved";
    if (unanswered) outcome = await send(unanswered);
    if (outcome === "saved" && dirty() && !nothing()) outcome = await send(packet());
    if (["offline", "server", "signed_out"].includes(outcome)) saveTimer = setTimeout(save, RETRY);
    return outcome;
  }

  function packet() {
    dirtySince = 0;
    return { url: form.dataset.autosave, pairs: entries() };
  }

  function post({ url, pairs }, options) {
    const data = new FormData();
    for (const [name, value] of pairs) data.append(name, value);
    data.set("writer", writer);
    data.set("csrfmiddlewaretoken", field("csrfmiddlewaretoken").value);
    return fetch(url, { method: "POST", body: data, redirect: "error", ...options });
  }

  async function send(sent, again = false) {
    unanswered = sent;
    let response, answer;
    try {
      response = await post(sent, { signal: AbortSignal.timeout?.(PATIENCE) });
      answer = await response.json().catch(() => ({}));
    } catch (error) {
      return fail(error.name === "TimeoutError" ? "server" : "offline");
    }
    if (response.status === 403 && !again && await tokenRenewed()) return send(sent, true);
    if (response.status >= 500) return fail("server");
    unanswered = null;
    if (answer.read) adopt(answer);
    if (response.ok) return succeed(sent, answer);
    if (response.status === 422 || response.status === 400) {
      stored = spoken(sent.pairs);
      return fail("invalid", Object.entries(answer.unsaved ?? {}).map(([label, why]) => `${label}：${why.join("；")}`).join(" "));
    }
    if (response.status === 401) return fail("signed_out");
    stopped = answer.reason ?? "gone";
    if (stopped === "filed") {
      stored = spoken(sent.pairs);
      forget();
    }
    return fail(stopped);
  }

  function succeed(sent, answer) {
    stored = spoken(sent.pairs);
    tell("saved");
    if (dirty()) {
      changed();
      return "saved";
    }
    forget();
    mark.textContent = `${words.dataset.saved} ${answer.saved_at}${filesChosen() ? words.dataset.files : ""}`;
    if (!filesChosen()) form.dispatchEvent(new CustomEvent("autosaved", { bubbles: true }));
    return "saved";
  }

  function fail(reason, detail) {
    tell(keep() ? reason : "full", detail);
    return reason;
  }

  /* From now on this page is the page of that item, for the buttons, for “back” and for “reload”. */
  function adopt(answer) {
    const before = placeOf();
    field("read").value = answer.read;
    form.dataset.autosave = answer.save_url;
    form.dataset.item = answer.pk;
    form.action = answer.edit_url;
    form.querySelector("[data-file-button]")?.setAttribute("formaction", answer.file_url);
    if (before !== placeOf()) forget(before);
    if (location.pathname !== answer.edit_url) history.replaceState(history.state, "", answer.edit_url);
  }

  /* After signing in again, in another window, the page needs another token: but only for the same person. */
  async function tokenRenewed() {
    const response = await fetch(form.dataset.autosave, { redirect: "error" }).catch(() => null);
    const here = response?.ok ? await response.json() : {};
    if (String(here.writer) !== writer) return false;
    for (const input of document.getElementsByName("csrfmiddlewaretoken")) input.value = here.token;
    return true;
  }

  /* When -------------------------------------------------------------------------------------------------------- */
  function changed() {
    keepTimer ??= setTimeout(keep, 400);
    if (stopped || composing) return;
    dirtySince ||= Date.now();
    clearTimeout(saveTimer);
    saveTimer = setTimeout(save, Math.min(PAUSE, Math.max(0, dirtySince + LONGEST - Date.now())));
  }

  for (const kind of ["input", "change", "restored"]) form.addEventListener(kind, changed);
  form.addEventListener("compositionstart", () => { composing = true; });
  form.addEventListener("compositionend", () => { composing = false; changed(); });
  addEventListener("online", () => worried && save());
  addEventListener("focus", () => worried && save());
  addEventListener("pageshow", () => { leaving = false; });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") hurry();
    else if (worried) save();
  });
  addEventListener("pagehide", hurry);

  /* The page may be gone before there is an answer: this machine keeps the text until the next visit compares. */
  function hurry() {
    if (leaving || stopped || !dirty() || nothing()) return;
    keep();
    if (running) return;
    const sent = packet();
    unanswered = sent;
    running = post(sent, { keepalive: true })
      .then(async (response) => {
        if (!response.ok) return;
        unanswered = null;
        const answer = await response.json();
        adopt(answer);
        succeed(sent, answer);
      })
      .catch(() => {})
      .then(() => { running = null; return "hurried"; });
  }

  /* A button of the form waits for the text to be saved: so a new form is sent as the item it has become, once, and
     nothing is sent into a session that has ended. */
  let settling = null;
  waitBeforeSending((asked) => {
    const logout = asked.matches("[data-logout]");
    if (asked !== form && !logout) return null;
    if (!settling && stopped !== "other_person" && (stopped || (!running && !unanswered && !dirty()))) return null;
    settling ??= settle().finally(() => { settling = null; });
    return settling.then((outcome) => logout || !["offline", "signed_out", "other_person"].includes(outcome));
  });
  whenSent((sent) => {
    if (sent === form || sent.matches("[data-logout]")) leaving = true;
  });

  async function settle() {
    let outcome;
    do outcome = await save(); while (outcome === "hurried" || (outcome === "saved" && dirty() && !nothing()));
    return outcome;
  }

  offerKeptTexts(form, stored !== null);
  if (stored === null) changed();
}
