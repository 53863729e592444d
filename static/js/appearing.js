/* What is done with an element as soon as it is there: with those of the page at once, with others when htmx or a form
   that grows has put them in. */
const WATCHED = [];

export function whenAppears(selector, act) {
  WATCHED.push([selector, act]);
  document.querySelectorAll(selector).forEach((element) => act(element));
}

/* Whoever puts in a piece of page without htmx says so. */
export function appeared(piece) {
  for (const [selector, act] of WATCHED) piece.querySelectorAll(selector).forEach((element) => act(element));
}

document.addEventListener("htmx:load", (event) => { if (event.target !== document.body) appeared(event.target); });
