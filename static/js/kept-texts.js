/* Texts that autosave keeps on this machine: a week at most, and never beyond the logout of their writer. */
import { askBeforeSending } from "./submitting.js";
import { words } from "./words.js";

const PLACES = "publicity.kept.", A_WEEK = 7 * 24 * 3600 * 1000;

/* What the places of one writer's texts begin with. */
export const placesOf = (writer) => `${PLACES}${writer}.`;

function kept(beginning) {
  try {
    return Object.keys(localStorage).filter((place) => place.startsWith(beginning));
  } catch {
    return [];
  }
}

for (const place of kept(PLACES)) {
  let at;
  try { at = JSON.parse(localStorage.getItem(place)).at; } catch { at = 0; }
  if (!(Date.now() - at < A_WEEK)) localStorage.removeItem(place);
}

askBeforeSending((form) => {
  const writer = form.dataset.logout;
  if (!writer) return true;
  const texts = kept(placesOf(writer));
  if (texts.length && !confirm(words.kept)) return false;
  for (const place of texts) localStorage.removeItem(place);
  return true;
});
