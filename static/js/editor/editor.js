/* A modest editor in place of the text area of an item: paragraphs, two marks, lists, tables; clean paste; its own
   undo. Without this script, or in a browser that cannot run it, the text area stays and does all that matters. */
import { blocksOf } from "./blocks.js";
import { tablesOf } from "./tables.js";
import * as texts from "./text.js";

const area = document.getElementById("id_body"), store = document.getElementById("id_html");
const tools = document.getElementById("editor-tools");
if (area?.form && store && tools) startEditor(area, store, tools);

function startEditor(area, store, tools) {
  const form = area.form;
  const box = document.importNode(tools.content, true).firstElementChild;
  const bar = box.querySelector("[role=toolbar]"), paper = box.querySelector("[role=textbox]"), hint = box.querySelector("[role=status]");
  const label = document.querySelector(`label[for="${area.id}"]`);
  const buttons = [...bar.querySelectorAll("button")];
  const blocks = blocksOf(paper), tables = tablesOf(paper, blocks);
  const { element, inOrder, caretNow, setCaret, caretInto, blockAt, cellHere, cut } = blocks;
  let composing = false;

  /* The text area stays in the form, with the words alone, for the counter and the checks. */
  label.removeAttribute("for");
  label.id ||= "label_body";
  label.addEventListener("click", () => paper.focus());
  document.addEventListener("click", (event) => {
    if (!event.target.closest(`a[href="#${area.id}"]`)) return;
    event.preventDefault();
    paper.focus();
  });
  paper.setAttribute("aria-labelledby", label.id);
  for (const name of ["aria-describedby", "aria-invalid"]) if (area.hasAttribute(name)) paper.setAttribute(name, area.getAttribute(name));
  if (area.classList.contains("is-invalid")) box.classList.add("is-invalid");
  area.before(box);
  area.hidden = true;
  try {
    document.execCommand("defaultParagraphSeparator", false, "p");
    document.execCommand("styleWithCSS", false, false);
  } catch { /* what the browser makes instead is put in order after each change */ }

  /* Text ↔ form ------------------------------------------------------------------------------------------------- */
  function show(html, text) {
    const { fragment } = html ? texts.ofHtml(html) : texts.ofText(text);
    paper.replaceChildren(fragment);
    inOrder();
    write();
  }

  function write() {
    store.value = texts.html(texts.cleaned(paper).fragment);
    area.value = texts.words(paper).text;
    box.classList.toggle("is-empty", !area.value);
  }

  function changed(kind = "") {
    if (kind.startsWith("delete") && !paper.textContent && !paper.querySelector("table")) {
      paper.replaceChildren(blocks.emptyLine());
      caretInto(paper.firstElementChild);
    }
    inOrder();
    remember(kind);
    write();
    area.dispatchEvent(new Event("input", { bubbles: true }));
    reflect();
  }

  /* Undo: whole texts, a step for each burst of typing ----------------------------------------------------------- */
  const MOST_STEPS = 100, BURST = 1200;
  let steps = [], step = -1, lastKind = "", lastTime = 0;

  function remember(kind) {
    const now = Date.now();
    const same = kind && kind === lastKind && now - lastTime < BURST && step > 0;
    [lastKind, lastTime] = [kind, now];
    const state = { html: paper.innerHTML, caret: caretNow() };
    if (steps[step]?.html === state.html) return;
    steps = [...steps.slice(Math.max(0, step + 1 - MOST_STEPS), same ? step : step + 1), state];
    step = steps.length - 1;
  }

  function travel(by) {
    if (!steps[step + by]) return;
    step += by;
    lastKind = "";
    paper.replaceChildren(texts.ofHtml(steps[step].html, { live: true }).fragment);
    setCaret(steps[step].caret);
    inOrder();
    write();
    area.dispatchEvent(new Event("input", { bubbles: true }));
    reflect();
  }

  /* Commands ----------------------------------------------------------------------------------------------------- */
  const COMMANDS = {
    bold: blocks.bold, heading: blocks.heading, plain: blocks.plain,
    ul: () => blocks.list("ul"), ol: () => blocks.list("ol"),
    undo: () => travel(-1), redo: () => travel(1), table: tables.table,
    "add-row": tables.addRow, "add-column": tables.addColumn,
    "remove-row": tables.removeRow, "remove-column": tables.removeColumn, "remove-table": tables.removeTable,
  };

  function run(name) {
    if (/row|column|remove-table/.test(name) && !cellHere()) return;
    if (!paper.contains(getSelection().anchorNode)) caretInto(paper.lastElementChild, true);
    COMMANDS[name]();
    if (name !== "undo" && name !== "redo") changed();
  }

  /* The toolbar: one stop for the Tab key, arrows inside it ------------------------------------------------------- */
  function reflect() {
    const block = blockAt(getSelection().anchorNode), within = (selector) => String(Boolean(block?.closest(selector)));
    const pressed = { heading: within("h2, h3"), ul: within("ul"), ol: within("ol"), bold: String(Boolean(block) && document.queryCommandState("bold") && !block.matches("h2, h3, th")) };
    for (const button of buttons) if (button.dataset.command in pressed) button.setAttribute("aria-pressed", pressed[button.dataset.command]);
    const inTable = Boolean(block?.closest("table"));
    bar.querySelector("[data-in-table]").hidden = !inTable;
    for (const [name, possible] of [["undo", steps[step - 1]], ["redo", steps[step + 1]], ["table", !inTable]])
      buttons.find((button) => button.dataset.command === name).setAttribute("aria-disabled", String(!possible));
  }

  const usable = () => buttons.filter((button) => !button.closest("[hidden]"));
  function stopAt(button) {
    for (const other of buttons) other.tabIndex = other === button ? 0 : -1;
  }
  stopAt(buttons[0]);
  bar.addEventListener("mousedown", (event) => event.preventDefault());  // the selection stays in the text
  bar.addEventListener("focusin", (event) => stopAt(event.target));
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    const byKey = event.detail === 0;
    if (!byKey) paper.focus({ preventScroll: true });
    run(button.dataset.command);
    if (byKey) (button.closest("[hidden]") ? buttons[0] : button).focus();
  });
  bar.addEventListener("keydown", (event) => {
    const all = usable(), here = all.indexOf(document.activeElement);
    const to = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === "Escape") paper.focus();
    if (to === undefined) return;
    event.preventDefault();
    all[(to + all.length) % all.length].focus();
  });

  /* Keys ---------------------------------------------------------------------------------------------------------- */
  const KEYS = { KeyB: "bold", KeyZ: "undo", KeyY: "redo", Backslash: "plain" };
  const SHIFTED = { KeyZ: "redo", Digit7: "ol", Digit8: "ul", Digit9: "heading" };
  paper.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.altKey && event.key === "F10") {
      event.preventDefault();
      buttons.find((button) => button.tabIndex === 0).focus();
    }
    if (event.key === "Tab" && !event.ctrlKey && !event.altKey) return tables.nextCell(event);
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const name = (event.shiftKey ? SHIFTED : KEYS)[event.code];
    if (!name) return;
    event.preventDefault();
    run(name);
  });

  /* Typing -------------------------------------------------------------------------------------------------------- */
  paper.addEventListener("beforeinput", (event) => {
    const kind = event.inputType;
    if (event.isComposing || !instead(kind)) return;
    event.preventDefault();
    if (/^(delete|insertPar)/.test(kind)) changed(kind);
  });

  /* Whether what the browser was about to do has been done, or is not to be done at all. */
  function instead(kind) {
    if (/^history/.test(kind)) travel(kind === "historyUndo" ? -1 : 1);
    else if (/^format/.test(kind)) return !/^format(Bold|Remove)$/.test(kind);
    else if (/^delete/.test(kind)) return cut() || blocks.joined(kind);
    else if (!/^insert(Text|Paragraph|LineBreak)$/.test(kind)) return false;
    else {
      cut();
      if (kind !== "insertParagraph") return false;
      if (cellHere()) document.execCommand("insertLineBreak");
      else return blocks.leftList();
    }
    return true;
  }

  paper.addEventListener("compositionstart", () => { composing = true; });
  paper.addEventListener("compositionend", () => {
    composing = false;
    changed("typing");
  });
  paper.addEventListener("input", (event) => {
    event.stopPropagation();  // the form hears of it from the text area, when that has the words
    if (!composing && !event.isComposing) changed(/^insertText|^delete/.test(event.inputType) ? event.inputType : "");
  });
  document.addEventListener("selectionchange", () => {
    if (!composing && paper.contains(getSelection().anchorNode)) reflect();
  });

  /* Paste and drop ------------------------------------------------------------------------------------------------ */
  paper.addEventListener("paste", (event) => {
    event.preventDefault();
    take(event.clipboardData);
  });
  paper.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) return say(hint.dataset.pictures);
    const spot = document.caretRangeFromPoint?.(event.clientX, event.clientY);
    if (spot) {
      getSelection().removeAllRanges();
      getSelection().addRange(spot);
    }
    take(event.dataTransfer);
  });

  function take(data) {
    const html = data.getData("text/html"), text = data.getData("text/plain");
    const { fragment, pictures } = html ? texts.ofHtml(html, { foreign: true }) : texts.ofText(text);
    const files = [...data.files].some((file) => file.type.startsWith("image/"));
    say(pictures || (files && !fragment.hasChildNodes()) ? hint.dataset.pictures : "");
    if (!fragment.hasChildNodes()) return;
    if (!cut() && !getSelection().isCollapsed) getSelection().deleteFromDocument();
    inOrder();
    blocks.insert(fragment);
    changed();
    getSelection().focusNode?.parentElement?.scrollIntoView({ block: "nearest" });
  }

  function say(text) {
    hint.textContent = text;
  }

  /* Findings: their places are marked in the text, and a button leads to each ------------------------------------- */
  function markFindings() {
    const { chars, at } = texts.words(paper), marked = [];
    for (const line of document.querySelectorAll("#findings [data-start]")) {
      const start = Number(line.dataset.start), end = Number(line.dataset.end);
      const first = at[start], last = at[end - 1];
      if (!first || !last || chars[start] !== [...line.dataset.found][0]) continue;
      const range = document.createRange();
      range.setStart(...first);
      range.setEnd(last[0], last[1] + chars[end - 1].length);
      marked.push(range);
      const button = element("button", hint.dataset.jump);
      button.type = "button";
      button.className = "finding-jump";
      button.addEventListener("click", () => {
        paper.focus();
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        range.startContainer.parentElement?.scrollIntoView({ block: "center" });
      });
      line.lastElementChild.append(" ", button);
    }
    if (globalThis.Highlight && CSS.highlights) CSS.highlights.set("finding", new Highlight(...marked));
  }
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id === "findings") markFindings();
  });

  form.addEventListener("restored", () => {
    show(store.value, area.value);
    remember("");
    reflect();
  });

  show(store.dataset.html || store.value, area.value);
  remember("");
  reflect();
  markFindings();
}
