/* The form of an item saves itself: to the server a moment after the last key, and on this machine until the server
   has it. What is kept here belongs to one person and one item, holds no files, and is taken away when the server
   has the text, at logout, and after a week (the last two by app.js, on every page). */
"use strict";

{
  const form = document.querySelector("form[data-autosave]");
  if (form) autosave(form);
}

function autosave(form) {
  const PAUSE = 2000, LONGEST = 10000, RETRY = 10000, PATIENCE = 8000;
  const writer = form.dataset.writer;
  const kept = `publicity.kept.${writer}.`;
  const mark = form.querySelector("[data-unsaved-mark]");
  const trouble = form.querySelector("[data-autosave-trouble]");
  const words = document.getElementById("autosave-words");
  const field = (name) => form.elements.namedItem(name);
  const placeOf = () => kept + (form.dataset.item ? `item:${form.dataset.item}` : field("form_key").value);

  /* The browser would put old text back into a form it returns to, without asking. */
  form.autocomplete = "off";

  /* What the form says ------------------------------------------------------------------------------------------ */
  const TECHNICAL = new Set(["csrfmiddlewaretoken", "read", "form_key", "writer", "secrecy_stated_for"]);
  const entries = () => [...new FormData(form)].filter(([, value]) => typeof value === "string");
  const spoken = (pairs) => JSON.stringify(pairs.filter(([name]) => !TECHNICAL.has(name)));
  const blank = () => !["title", "body"].some((name) => field(name)?.value.trim());
  const nothing = () => blank() && !form.dataset.item;
  const filesChosen = () => [...form.elements].some((control) => control.type === "file" && control.files.length);

  /* The same, without what does not matter: spaces, empty fields, lines of the authors' table without a name. */
  function gist(pairs) {
    const named = new Map(pairs);
    return JSON.stringify(pairs
      .filter(([name]) => !TECHNICAL.has(name) && !/_FORMS$/.test(name))
      .filter(([name]) => !/-share$/.test(name) || named.get(name.replace(/share$/, "name")))
      .map(([name, value]) => [name, value.replace(/[\s\u3000]|&nbsp;/g, "")])
      .filter(([, value]) => value)
      .sort());
  }

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
  let passing = false, waiting = false;
  document.addEventListener("submit", async (event) => {
    const asked = event.target, button = event.submitter;
    const logout = asked.matches("[data-logout]");
    if ((asked !== form && !logout) || event.defaultPrevented) return;
    if (passing) return;
    if (!waiting && stopped !== "other_person" && (stopped || (!running && !unanswered && !dirty()))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (waiting) return;
    waiting = true;
    let outcome;
    do outcome = await save(); while (outcome === "hurried" || (outcome === "saved" && dirty() && !nothing()));
    waiting = false;
    if (!logout && ["offline", "signed_out", "other_person"].includes(outcome)) return;
    /* While its own event is still under way a form cannot be sent again, and nothing says so: let it end first. */
    await new Promise((go) => setTimeout(go));
    passing = true;
    asked.requestSubmit(button);
    passing = false;
  }, true);
  addEventListener("submit", (event) => {
    if (!event.defaultPrevented && (event.target === form || event.target.matches("[data-logout]"))) leaving = true;
  });

  /* What an earlier visit left behind --------------------------------------------------------------------------- */
  function offer() {
    const mine = form.dataset.item ? [`${kept}item:${form.dataset.item}`, kept + form.dataset.madeBy] : null;
    const shown = gist(entries());
    for (const place of Object.keys(localStorage)) {
      if (mine ? !mine.includes(place) : !place.startsWith(kept) || place.startsWith(`${kept}item:`)) continue;
      let left;
      try { left = JSON.parse(localStorage.getItem(place)); } catch { left = null; }
      if (!left?.entries || (gist(left.entries) === shown && stored !== null)) forget(place);
      else if (gist(left.entries) !== shown) show(place, left);
    }
  }

  function show(place, left) {
    const box = document.importNode(document.getElementById("restore-offer").content, true).firstElementChild;
    box.querySelector("[data-time]").textContent = new Date(left.at).toLocaleString("zh-CN", { month: "long", day: "numeric", hour: "2-digit", minute: "2-digit", timeZone: "Asia/Shanghai" });
    box.querySelector("q").textContent = left.extract;
    if (left.read === field("read").value || !form.dataset.item) box.querySelector("[data-newer]").remove();
    box.addEventListener("click", (event) => {
      const act = event.target.closest("button")?.dataset.act;
      if (!act) return;
      if (act === "restore") restore(place, left);
      else forget(place);
      box.remove();
      field("title").focus();
    });
    form.before(box);
  }

  function restore(place, left) {
    if (!form.dataset.item) field("form_key").value = place.slice(kept.length);
    field("read").value = left.read;
    growAuthors(left.entries);
    fill(left.entries);
    /* Fields that come with the findings of a check are filled when they come. */
    document.addEventListener("htmx:afterSwap", () => fill(left.entries.filter(([name]) => name.startsWith("secrecy_stat"))), { once: true });
    form.dispatchEvent(new CustomEvent("restored"));
    for (const name of ["title", "body"]) field(name).dispatchEvent(new Event("input", { bubbles: true }));
  }

  function growAuthors(pairs) {
    for (const [name] of pairs) {
      const prefix = /^(.+)-\d+-name$/.exec(name)?.[1];
      const button = prefix && form.querySelector(`[data-formset="${prefix}"] [data-formset-add]`);
      while (button && !button.hidden && !field(name)) button.click();
    }
  }

  function fill(pairs) {
    const named = new Map(pairs);
    for (const control of form.elements) {
      if (!control.name || TECHNICAL.has(control.name) || /_FORMS$/.test(control.name) || control.type === "file") continue;
      if (control.type === "checkbox" || control.type === "radio") {
        if (named.size > 3 || named.has(control.name)) control.checked = pairs.some(([name, value]) => name === control.name && value === control.value);
      } else if (named.has(control.name)) control.value = named.get(control.name);
    }
  }

  try { offer(); } catch { /* a browser that keeps nothing has nothing to offer */ }
  if (stored === null) changed();
}
