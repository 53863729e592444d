/* A form with data-stays: when it is refused, the button that was pressed is where it was, and what to mend is marked
   where it stands. Without this a page begins at its top, or at the first fault. */
const PLACE = "publicity.place";

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button[type=submit]");
  if (!button?.form?.hasAttribute("data-stays")) return;
  const place = { path: location.pathname, value: button.value, top: button.getBoundingClientRect().top, scroll: scrollY };
  try { sessionStorage.setItem(PLACE, JSON.stringify(place)); } catch { /* then the page begins at the first fault */ }
});

/* Whether the button is in its place again; asked of a page that has something to mend. */
export function backInPlace(refused) {
  let place = null;
  try {
    place = JSON.parse(sessionStorage.getItem(PLACE));
    sessionStorage.removeItem(PLACE);
  } catch { /* nothing is kept here */ }
  if (!refused || place?.path !== location.pathname) return false;
  const button = document.querySelector(`form[data-stays] button[value="${CSS.escape(place.value)}"]`);
  if (!button) return false;
  scrollTo({ top: place.scroll, behavior: "instant" });
  /* Twice: where it sticks to the edge of the window, it moves less than the page. */
  for (let step = 0; step < 2; step++) scrollBy({ top: button.getBoundingClientRect().top - place.top, behavior: "instant" });
  return true;
}
