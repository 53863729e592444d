/* The one place that hears of a form being sent. Whoever has a say in it registers here for one of three moments; they
   come in this order, in whatever order the scripts do:

   1. wait: something has to be done first. Nobody else hears of the form, htmx included, until that is done.
   2. ask: whether it may go at all.
   3. sent: it is on its way, so that others may tell.

   Between 2 and 3 a form that writes is sent once a click. */
const WAITS = [], ASKS = [], SENT = [];

/* `wait(form)` gives null, or a promise of whether the form may go; the same one while it is not settled. */
export const waitBeforeSending = (wait) => WAITS.push(wait);
/* `ask(form)` gives whether it may go. */
export const askBeforeSending = (ask) => ASKS.push(ask);
/* `tell(form)`; the steps do not depend on each other. */
export const whenSent = (tell) => SENT.push(tell);

let waiting = false, passing = false;

document.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  if (event.defaultPrevented || passing) return;
  const ready = WAITS.map((wait) => wait(form)).find(Boolean);
  if (!ready) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (waiting) return;
  waiting = true;
  const mayGo = await ready;
  waiting = false;
  if (!mayGo) return;
  /* While its own event is still under way a form cannot be sent again, and nothing says so: let it end first. */
  await new Promise((go) => setTimeout(go));
  passing = true;
  form.requestSubmit(submitter);
  passing = false;
}, true);

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented) return;
  if (!ASKS.every((ask) => ask(form)) || !firstClick(form)) event.preventDefault();
  else for (const tell of SENT) tell(form);
});

/* Its buttons are disabled a tick later, so that the value of the clicked one is still sent. */
function firstClick(form) {
  if (form.method !== "post" || form.hasAttribute("data-download")) return true;
  if (form.dataset.sent) return false;
  form.dataset.sent = "1";
  setTimeout(() => setButtons(form, true));
  return true;
}

addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form");
  if (form) release(form);
});

function release(form) {
  delete form.dataset.sent;
  setButtons(form, false);
}

function setButtons(form, disabled) {
  for (const control of form.elements) if (control.type === "submit") control.disabled = disabled;
}
