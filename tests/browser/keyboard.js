/* Watches a person who has only a keyboard: which stops a page has, which of them Tab reaches, and whether each is
   seen while it has the focus. tests/browser/keyboard.py presses the keys. */
window.keyboardWatch = (() => {
  const CONTROLS = "a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, audio[controls], video[controls], iframe, [contenteditable]:not([contenteditable=false])";
  /* One stop for all of them, left and right by the arrows. */
  const ROVING = "[role=toolbar], [role=tablist], [role=menu], [role=listbox], [role=radiogroup], [role=grid]";
  /* The library draws these; what they lead to stands in the table below. */
  const DRAWN = "[data-chart]";
  let stops, order, faults, last, stays, wentRound;

  const name = (element) => {
    const words = element.id || element.getAttribute("aria-label") || element.innerText || element.name || element.className;
    return `${element.tagName.toLowerCase()} “${String(words).trim().replace(/\s+/g, " ").slice(0, 40)}”`;
  };
  const shown = (element) => element.getClientRects().length > 0
    && element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
  const usable = (element) => shown(element) && !element.matches(":disabled") && !element.closest("[inert], [aria-hidden=true]")
    && !(element.tagName === "SUMMARY" && element.parentElement.tagName !== "DETAILS");
  /* Radio buttons of one name are one stop. */
  const stopOf = (element) => element.type === "radio" && element.name
    ? [...document.getElementsByName(element.name)].find((other) => other.form === element.form && usable(other)) ?? element
    : element;
  const complain = (element, what) => faults.push(`${name(element)} ${what}`);

  function begin() {
    stops = new Set(); order = []; faults = []; last = null; stays = 0; wentRound = false;
    for (const element of document.querySelectorAll(`${CONTROLS}, [tabindex]`)) {
      if (!usable(element)) continue;
      if (element.tabIndex > 0) complain(element, "is drawn forward by a tabindex above 0");
      if (element.tabIndex >= 0 || (element.isContentEditable && !element.hasAttribute("tabindex"))) stops.add(stopOf(element));
      else if (element.matches(CONTROLS) && !element.closest(ROVING)) complain(element, "is taken out of the order of Tab");
    }
    clickable();
    /* From the top of the page, as after it was opened; the page is not to notice. */
    addEventListener("focusin", (event) => event.stopImmediatePropagation(), { capture: true, once: true });
    document.body.tabIndex = -1;
    document.body.focus({ preventScroll: true });
    document.body.removeAttribute("tabindex");
    scrollTo(0, 0);
    addEventListener("keydown", note, true);  // before every key: what the one before it has done
    return stops.size;
  }

  /* What a mouse can press must be, or lie in, something that takes the focus. */
  function clickable() {
    const focusable = `${CONTROLS}, [tabindex], label`;
    for (const element of document.querySelectorAll("body *")) {
      const pointed = getComputedStyle(element).cursor === "pointer" && getComputedStyle(element.parentElement).cursor !== "pointer";
      const heard = window.keyboardHeard?.has(element) && !element.querySelector(focusable);
      if ((pointed || heard || element.onclick) && shown(element) && !element.closest(`${focusable}, ${DRAWN}, option`)) complain(element, "can be clicked and not be reached");
    }
  }

  function note() {
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) {
      if (order.length) wentRound = true;
      last = null;
      return;
    }
    if (wentRound) return;
    if (element === last) {
      stays += 1;
      return;
    }
    last = element; stays = 0;
    if (order.includes(element)) {
      wentRound = true;
      return;
    }
    if (!order.length && !element.matches(".skip-link")) complain(element, "is reached before the link to the content");
    if (order.length && order.at(-1).compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING) complain(element, `comes after ${name(order.at(-1))}, which stands below it`);
    order.push(element);
    seen(element);
  }

  function seen(element) {
    const style = getComputedStyle(element);
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && element.checkVisibility({ opacityProperty: true });
    if (!ring) complain(element, "has no ring while it has the focus");
    const room = { right: document.documentElement.clientWidth, bottom: innerHeight };
    const boxes = [...element.getClientRects()].filter((box) => box.width > 1 && box.height > 1).map((box) => ({
      left: Math.max(box.left, 0), top: Math.max(box.top, 0), right: Math.min(box.right, room.right), bottom: Math.min(box.bottom, room.bottom),
    })).filter((box) => box.right > box.left && box.bottom > box.top);
    if (!boxes.length) {
      complain(element, "has the focus out of sight");
      return;
    }
    const met = boxes.map((box) => document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2));
    const itself = (hit) => hit && (hit === element || element.contains(hit) || hit.closest("label")?.control === element);
    if (!met.some(itself)) complain(element, `has the focus and is covered by ${met[0] ? name(met[0]) : "nothing"}`);
  }

  return {
    begin,
    done: () => wentRound,
    /* Times in a row that Tab has moved inside one element: a date has five parts. */
    stays: () => stays,
    /* Leaves out the middle of a long page: goes on at the last few stops. */
    leap: (few) => {
      note();
      const ahead = [...stops].filter((stop) => !order.map(stopOf).includes(stop));
      for (const stop of ahead.slice(0, -few)) stops.delete(stop);
      ahead.at(-few).focus();
    },
    /* The kind of every fold of the page, null for those that are open or out of sight. */
    folds: () => [...document.querySelectorAll("summary")].map((summary) => (
      usable(summary) && !summary.parentElement.open ? summary.parentElement.className : null)),
    /* After Tab the focus is inside the fold, unless nothing in it takes it. */
    entered: (fold) => fold.contains(document.activeElement)
      || ![...fold.querySelectorAll(CONTROLS)].some((element) => element.tagName !== "SUMMARY" && usable(element)),
    end: () => {
      note();
      removeEventListener("keydown", note, true);
      const reached = new Set(order.map(stopOf));
      /* A menu that was open may have closed on the way. */
      for (const stop of stops) if (!reached.has(stop) && usable(stop)) complain(stop, "is not reached");
      if (!wentRound && last) complain(last, "does not let the focus go on");
      return faults;
    },
  };
})();
