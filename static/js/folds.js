/* What is folded opens when it is asked for. Menus made of <details>: a click elsewhere, Escape, or the focus going on
   closes them. */
const openMenus = () => document.querySelectorAll("details[open]:is(.user-menu, .tabbar-more, .menu)");
for (const left of ["click", "focusin"]) document.addEventListener(left, (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

/* A link to a folded part of the page opens it. */
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="#"]');
  const part = link && document.getElementById(link.hash.slice(1));
  if (!part?.matches("details")) return;
  part.open = true;
  part.querySelector("select, input:not([type=hidden]), textarea")?.focus({ preventScroll: true });
});

/* Filter panels are folded only where room is short. */
if (matchMedia("(min-width: 768px)").matches) for (const panel of document.querySelectorAll("details.filter")) panel.open = true;

/* A link into something folded opens it (as newer browsers do by themselves), and paper shows everything. */
function unfoldTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const folds = [];
  for (let fold = target?.closest("details"); fold; fold = fold.parentElement.closest("details")) folds.push(fold);
  if (!folds.some((fold) => !fold.open)) return;
  for (const fold of folds) fold.open = true;
  target.scrollIntoView();
}
addEventListener("hashchange", unfoldTarget);
addEventListener("beforeprint", () => document.querySelectorAll("details.fold").forEach((fold) => { fold.open = true; }));
unfoldTarget();
