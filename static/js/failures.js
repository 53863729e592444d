/* htmx swaps nothing when the answer is an error: say so, instead of leaving a click without an answer. */
import { words } from "./words.js";

/* No answer at all, or one that says: later. Then the form stays as it is, with what was typed. */
const PASSING = [0, 503, 507];

let failed;
document.addEventListener("htmx:afterSwap", () => failed?.remove());
for (const failure of ["htmx:responseError", "htmx:sendError"]) document.addEventListener(failure, (event) => {
  if (event.target.closest?.("[data-quiet]")) return;
  failed?.remove();
  const alert = failed = document.createElement("div");
  alert.className = "alert alert-danger";
  alert.setAttribute("role", "alert");
  alert.textContent = PASSING.includes(event.detail.xhr?.status) ? words.busy : words.failed;
  document.getElementById("content").prepend(alert);
  alert.scrollIntoView({ block: "center" });
});

/* What nobody clicked for may fail in silence; least of all may the login page come in its place. */
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!detail.target.closest("[data-quiet]")) return;
  if (new URL(detail.xhr.responseURL).pathname !== detail.pathInfo.finalRequestPath) detail.shouldSwap = false;
});
