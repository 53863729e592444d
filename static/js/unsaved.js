/* Forms with data-unsaved: say that something is not saved, and ask before the page is left. */
import { whenSent } from "./submitting.js";
import { words } from "./words.js";

const unsaved = new Set();

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!form?.hasAttribute("data-unsaved") || unsaved.has(form)) return;
  unsaved.add(form);
  const mark = form.querySelector("[data-unsaved-mark]");
  if (mark) mark.textContent = words.unsaved;
});
whenSent((form) => unsaved.delete(form));
document.addEventListener("autosaved", (event) => unsaved.delete(event.target));
addEventListener("beforeunload", (event) => {
  if (unsaved.size) event.preventDefault();
});
