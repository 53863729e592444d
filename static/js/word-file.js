/* A Word file dropped on its zone, or chosen, fills an empty form at once; with a text in the form its writer says
   first what to do with it. */
import { whenSent } from "./submitting.js";

const zone = document.querySelector("[data-word-file]");
if (zone) wordFile(zone);

function wordFile(zone) {
  const input = zone.querySelector("input[type=file]");
  const button = zone.querySelector("[data-word-button]");
  const working = zone.querySelector("[data-word-working]");
  const form = zone.closest("form");
  const isFile = (event) => event.dataTransfer?.types.includes("Files");
  const empty = () => !form.elements.namedItem("title").value.trim() && !form.elements.namedItem("body").value.trim();

  function chosen() {
    if (input.files.length && empty() && !zone.querySelector("[name=replace_text]")) form.requestSubmit(button);
  }

  let over = 0;
  const show = (delta) => {
    over = Math.max(0, over + delta);
    zone.classList.toggle("is-over", over > 0);
  };
  zone.addEventListener("dragenter", (event) => { if (isFile(event)) { event.preventDefault(); show(1); } });
  zone.addEventListener("dragleave", (event) => { if (isFile(event)) show(-1); });
  zone.addEventListener("dragover", (event) => { if (isFile(event)) event.preventDefault(); });
  zone.addEventListener("drop", (event) => {
    if (!isFile(event)) return;
    event.preventDefault();
    over = 0;
    show(0);
    const files = new DataTransfer();
    files.items.add(event.dataTransfer.files[0]);
    input.files = files.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  /* A file that misses the zone must not take the place of the page, with everything typed. */
  for (const name of ["dragover", "drop"]) document.addEventListener(name, (event) => {
    if (isFile(event) && !event.defaultPrevented && !event.target.closest?.("input[type=file]")) event.preventDefault();
  });
  whenSent((sent) => {
    if (sent === form && input.files.length) working.hidden = false;
  });
  input.addEventListener("change", chosen);
  /* Chosen before this script was here; what the browser puts back on the way back is not chosen anew. */
  if (performance.getEntriesByType("navigation")[0]?.type === "navigate") chosen();
}
