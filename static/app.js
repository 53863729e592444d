/* Comfort on top of pages that work without it. No part depends on another. */
"use strict";

document.documentElement.classList.add("js");
const words = document.getElementById("words")?.dataset ?? {};

/* Text that static/autosave.js keeps on this machine: a week at most, and never beyond the logout of its writer. */
const KEPT = "publicity.kept.", A_WEEK = 7 * 24 * 3600 * 1000;
const keptTexts = (writer = "") => {
  try {
    return Object.keys(localStorage).filter((place) => place.startsWith(writer ? `${KEPT}${writer}.` : KEPT));
  } catch {
    return [];
  }
};
for (const place of keptTexts()) {
  let at;
  try { at = JSON.parse(localStorage.getItem(place)).at; } catch { at = 0; }
  if (!(Date.now() - at < A_WEEK)) localStorage.removeItem(place);
}
document.addEventListener("submit", (event) => {
  const writer = event.target.dataset.logout;
  if (!writer) return;
  const texts = keptTexts(writer);
  if (texts.length && !confirm(words.kept)) event.preventDefault();
  else for (const place of texts) localStorage.removeItem(place);
});

/* Forms: one submission a click. The button is disabled a tick later, so that its own value is still sent. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("data-download")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  setTimeout(() => setButtons(form, true));
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form");
  if (form) release(form);
});

function setButtons(form, disabled) {
  for (const control of form.elements) if (control.type === "submit") control.disabled = disabled;
}

function release(form) {
  delete form.dataset.sent;
  setButtons(form, false);
}

/* Forms with data-unsaved: say that something is not saved, and ask before the page is left. */
const unsaved = new Set();
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!form?.hasAttribute("data-unsaved") || unsaved.has(form)) return;
  unsaved.add(form);
  const mark = form.querySelector("[data-unsaved-mark]");
  if (mark) mark.textContent = words.unsaved;
});
document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented) unsaved.delete(event.target);
});
document.addEventListener("autosaved", (event) => unsaved.delete(event.target));
addEventListener("beforeunload", (event) => {
  if (unsaved.size) event.preventDefault();
});

/* htmx swaps nothing when the answer is an error: say so, instead of leaving a click without an answer. */
let failed;
document.addEventListener("htmx:afterSwap", () => failed?.remove());
for (const failure of ["htmx:responseError", "htmx:sendError"]) document.addEventListener(failure, (event) => {
  if (event.target.closest?.("[data-quiet]")) return;
  failed?.remove();
  const alert = failed = document.createElement("div");
  alert.className = "alert alert-danger";
  alert.setAttribute("role", "alert");
  alert.textContent = words.failed;
  document.getElementById("content").prepend(alert);
  alert.scrollIntoView({ block: "center" });
});

/* What nobody clicked for may fail in silence; least of all may the login page come in its place. */
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!detail.target.closest("[data-quiet]")) return;
  if (new URL(detail.xhr.responseURL).pathname !== detail.pathInfo.finalRequestPath) detail.shouldSwap = false;
});

/* What is inside a piece of page that has just appeared: the whole page, or what htmx or a formset has put in. */
function enhance(root) {
  root.querySelectorAll("textarea[maxlength], textarea[data-counter]").forEach(countCharacters);
  root.querySelectorAll("input[type=file]").forEach(listFiles);
  root.querySelectorAll("[data-select-all]").forEach(selectAll);
  root.querySelectorAll("[data-formset]").forEach(growFormset);
  root.querySelectorAll("[data-chart]").forEach(drawChart);
  root.querySelectorAll(".table-responsive").forEach(reachByKeyboard);
  root.querySelectorAll("video").forEach(offerDownload);
}

/* In place of a video that cannot be played, its download. Of one coded in a way that the browser does not know
   it may still play the sound: then there are no pictures, and no error. */
function offerDownload(video) {
  const look = () => {
    if (!video.error && !(video.readyState && !video.videoWidth)) return;
    video.pause();
    video.hidden = true;
    video.nextElementSibling.hidden = false;
  };
  for (const event of ["error", "loadedmetadata"]) video.addEventListener(event, look);
  look();
}

function reachByKeyboard(box) {
  if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
}

function countCharacters(area) {
  const counter = document.createElement("div");
  counter.className = "form-text counter";
  const limit = area.maxLength > 0 ? ` / ${area.maxLength}` : "";
  const show = () => {
    const length = [...area.value.trim()].length;
    counter.textContent = `${length}${limit} ${words.characters}`;
  };
  area.after(counter);
  area.addEventListener("input", show);
  show();
}

function listFiles(input) {
  const list = document.createElement("ul");
  list.className = "chosen-files";
  input.after(list);
  input.addEventListener("change", () => {
    list.replaceChildren(...[...input.files].map((file) => {
      const line = document.createElement("li");
      line.textContent = `${file.name}（${readableSize(file.size)}）`;
      return line;
    }));
  });
}

function readableSize(bytes) {
  return bytes < 1048576 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

function selectAll(master) {
  const boxes = () => [...document.getElementsByName(master.dataset.selectAll)].filter((box) => box.type === "checkbox");
  const reflect = () => {
    const ticked = boxes().filter((box) => box.checked).length;
    master.checked = ticked > 0 && ticked === boxes().length;
    master.indeterminate = ticked > 0 && !master.checked;
  };
  master.addEventListener("change", () => boxes().forEach((box) => { box.checked = master.checked; }));
  document.addEventListener("change", (event) => {
    if (event.target.name === master.dataset.selectAll) reflect();
  });
  reflect();
}

function growFormset(formset) {
  const total = document.getElementById(`id_${formset.dataset.formset}-TOTAL_FORMS`);
  const limit = document.getElementById(`id_${formset.dataset.formset}-MAX_NUM_FORMS`);
  const rows = formset.querySelector("[data-formset-rows]");
  const button = formset.querySelector("[data-formset-add]");
  button.addEventListener("click", () => {
    const row = formset.querySelector("template").content.cloneNode(true).firstElementChild;
    for (const part of [row, ...row.querySelectorAll("*")])
      for (const attribute of part.attributes)
        attribute.value = attribute.value.replaceAll("__prefix__", total.value);
    rows.append(row);
    enhance(row);
    total.value = Number(total.value) + 1;
    button.hidden = Number(total.value) >= Number(limit?.value ?? 1000);
    row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  });
}

/* Charts: series differ in colour, symbol and line, so that they can be told apart in print as well. */
const COLOURS = ["#2c4f74", "#a8660f", "#23613a", "#7a6f63", "#8e1f2b", "#5b4a86"];
const BARS = ["#c5d2df", "#ecd6b3", "#bfd8c8", "#d9d2c9", "#e6c3c7", "#cdc6e0"];
const SYMBOLS = ["circle", "rect", "triangle", "diamond", "roundRect", "pin"];
const LINES = ["solid", "dashed", "dotted"];

function drawChart(box) {
  if (!window.echarts) return;
  const data = JSON.parse(document.getElementById(box.dataset.chart).textContent);
  const font = getComputedStyle(document.body).fontFamily;
  box.classList.add("chart-ready");
  box.parentElement.querySelector(".chart-table")?.removeAttribute("open");
  /* Lying bars need a row each; standing ones share the height of the stylesheet. */
  if (data.horizontal) box.style.height = `${data.categories.length * 1.75 + 5}rem`;
  const chart = echarts.init(box, null, { renderer: "svg" });
  const manySeries = data.series.length > 1;
  const legendLines = data.series.length > 3 && box.clientWidth < 420 ? 2 : 1;
  const names = { type: "category", data: data.categories, inverse: Boolean(data.horizontal), axisLabel: { color: "#635b53", hideOverlap: !data.horizontal }, axisTick: { show: false }, axisLine: { lineStyle: { color: "#8f867c" } } };
  const values = { type: "value", minInterval: 1, axisLabel: { color: "#635b53" }, splitLine: { lineStyle: { color: "#e5e0d9" } } };
  chart.setOption({
    animation: false,
    textStyle: { fontFamily: font, color: "#2a2622" },
    grid: { left: 8, right: data.horizontal ? 48 : 16, top: manySeries ? 20 + 24 * legendLines : 20, bottom: 8, outerBoundsMode: "same" },
    legend: { show: manySeries, top: 4, left: 0, textStyle: { fontSize: 14, fontFamily: font } },
    tooltip: { trigger: "axis", renderMode: "richText", textStyle: { fontFamily: font } },
    xAxis: data.horizontal ? values : names,
    yAxis: data.horizontal ? names : values,
    series: data.series.map((series, index) => ({
      type: "line",
      symbol: SYMBOLS[index % SYMBOLS.length],
      symbolSize: 8,
      barMaxWidth: data.horizontal ? 18 : 32,
      stack: data.stacked ? "all" : undefined,
      label: { show: Boolean(data.horizontal), position: data.stacked ? "inside" : "right", color: "#2a2622", formatter: ({ value }) => (data.stacked && !value ? "" : String(value).replace("-", "−")) },
      itemStyle: {
        color: (series.type === "bar" ? BARS : COLOURS)[index % COLOURS.length],
        borderColor: COLOURS[index % COLOURS.length],
      },
      lineStyle: { width: 2, color: COLOURS[index % COLOURS.length], type: LINES[index % LINES.length] },
      ...series,
    })),
  });
  chart.on("click", (event) => {
    if (event.data?.url?.startsWith("/")) location.href = event.data.url;
  });
  addEventListener("resize", () => chart.resize());
}

/* Menus made of <details>: a click elsewhere, Escape, or the focus going on closes them. */
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

/* After a refused form the reader begins where something is to be mended. */
const toMend = document.querySelector("main :is(.alert-danger[role=alert], .form-control.is-invalid, .form-select.is-invalid, .form-check-input.is-invalid)");
if (toMend?.matches(".alert")) toMend.tabIndex = -1;
toMend?.focus();

enhance(document);
document.addEventListener("htmx:load", (event) => { if (event.target !== document.body) enhance(event.target); });
