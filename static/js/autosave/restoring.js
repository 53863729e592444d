/* What an earlier visit to the form left behind on this machine, offered to its writer. */
import { placesOf } from "../kept-texts.js";
import { entriesOf, gist, TECHNICAL } from "./entries.js";

/* `known`: whether the server has what the form says; then a text that says the same is forgotten. */
export function offerKeptTexts(form, known) {
  const kept = placesOf(form.dataset.writer), field = (name) => form.elements.namedItem(name);

  function offer() {
    const mine = form.dataset.item ? [`${kept}item:${form.dataset.item}`, kept + form.dataset.madeBy] : null;
    const shown = gist(entriesOf(form));
    for (const place of Object.keys(localStorage)) {
      if (mine ? !mine.includes(place) : !place.startsWith(kept) || place.startsWith(`${kept}item:`)) continue;
      let left;
      try { left = JSON.parse(localStorage.getItem(place)); } catch { left = null; }
      if (!left?.entries || (gist(left.entries) === shown && known)) localStorage.removeItem(place);
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
      else localStorage.removeItem(place);
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
}
