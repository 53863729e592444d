/* A modest editor in place of the text area of an item: paragraphs, two marks, lists, tables; clean paste; its own
   undo. Without this script, or in a browser that cannot run it, the text area stays and does all that matters. */
"use strict";

{
  const area = document.getElementById("id_body"), store = document.getElementById("id_html");
  const tools = document.getElementById("editor-tools");
  if (area?.form && store && tools) startEditor(area, store, tools);
}

function startEditor(area, store, tools) {
  const KNOWN = "p, h2, h3, ul, ol, li, table, thead, tbody, tr, th, td, caption, blockquote, strong, b, em, i, u, sub, sup, br";
  const STRAY = `:not(${KNOWN}), [style], [class], :is(p, h2, h3) :is(p, h2, h3, ul, ol, table), :is(li, td, th) p`;
  const BLOCKS = "p, h2, h3, li, td, th, caption";
  const form = area.form;
  const box = document.importNode(tools.content, true).firstElementChild;
  const bar = box.querySelector("[role=toolbar]"), paper = box.querySelector("[role=textbox]"), hint = box.querySelector("[role=status]");
  const label = document.querySelector(`label[for="${area.id}"]`);
  const buttons = [...bar.querySelectorAll("button")];
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
  const element = (tag, ...inside) => {
    const made = document.createElement(tag);
    made.append(...inside);
    return made;
  };
  const emptyLine = () => element("p", element("br"));

  function show(html, text) {
    const { fragment } = html ? EditorText.ofHtml(html) : EditorText.ofText(text);
    paper.replaceChildren(fragment);
    inOrder();
    write();
  }

  /* Put what the browser made of a key into known elements, with the caret where it was. */
  function inOrder() {
    const loose = [...paper.childNodes].some((node) => node.nodeType === Node.TEXT_NODE || node.localName === "br" || /^(strong|b|em|i|u|sub|sup)$/.test(node.localName));
    if (loose || paper.querySelector(STRAY)) {
      const caret = caretNow();
      paper.replaceChildren(EditorText.cleaned(paper, { live: true }).fragment);
      setCaret(caret);
    }
    for (const block of paper.querySelectorAll(BLOCKS)) {
      if (!block.hasChildNodes()) block.append(element("br"));
      if (EditorText.mongolian(block.textContent)) block.lang = "mn-Mong";
      else if (block.lang) block.removeAttribute("lang");
    }
    if (!paper.lastElementChild || paper.lastElementChild.localName === "table") paper.append(emptyLine());
  }

  function write() {
    store.value = EditorText.html(EditorText.cleaned(paper).fragment);
    area.value = EditorText.words(paper).text;
    box.classList.toggle("is-empty", !area.value);
  }

  function changed(kind = "") {
    if (kind.startsWith("delete") && !paper.textContent && !paper.querySelector("table")) {
      paper.replaceChildren(emptyLine());
      caretInto(paper.firstElementChild);
    }
    inOrder();
    remember(kind);
    write();
    area.dispatchEvent(new Event("input", { bubbles: true }));
    reflect();
  }

  /* Where the caret is: by block and character, so that it can be found again in text made anew ------------------ */
  function caretNow() {
    const selection = getSelection();
    if (!selection.rangeCount || !paper.contains(selection.anchorNode)) return null;
    return [["anchorNode", "anchorOffset"], ["focusNode", "focusOffset"]].map(([node, offset]) => spotOf(selection[node], selection[offset]));
  }

  function spotOf(node, offset) {
    const before = document.createRange();
    before.setStart(paper, 0);
    before.setEnd(node, offset);
    const block = blockAt(node);
    const within = document.createRange();
    within.setStart(block ?? paper, 0);
    within.setEnd(node, offset);
    return { block: block ? [...paper.querySelectorAll(BLOCKS)].indexOf(block) : -1, inBlock: within.toString().length, inAll: before.toString().length };
  }

  function find(spot) {
    const blocks = paper.querySelectorAll(BLOCKS);
    let root = blocks[spot.block], left = spot.inBlock;
    if (!root || left > root.textContent.length) [root, left] = [paper, spot.inAll];
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      if (left <= texts.currentNode.length) return [texts.currentNode, left];
      left -= texts.currentNode.length;
    }
    return [root, 0];
  }

  function setCaret(caret) {
    if (caret) getSelection().setBaseAndExtent(...find(caret[0]), ...find(caret[1]));
  }

  const blockAt = (node) => {
    const block = (node?.nodeType === Node.ELEMENT_NODE ? node : node?.parentElement)?.closest(BLOCKS);
    return block && paper.contains(block) ? block : null;
  };
  const topOf = (node) => {
    while (node && node.parentNode !== paper) node = node.parentNode;
    return node;
  };
  const cellHere = () => blockAt(getSelection().anchorNode)?.closest("td, th");

  function chosenTops() {
    const selection = getSelection();
    if (!selection.rangeCount || !paper.contains(selection.anchorNode)) return [];
    return [...paper.children].filter((child) => selection.getRangeAt(0).intersectsNode(child));
  }

  function caretInto(node, atEnd = false) {
    const range = document.createRange();
    range.selectNodeContents(node);
    range.collapse(!atEnd);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
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
    paper.replaceChildren(EditorText.ofHtml(steps[step].html, { live: true }).fragment);
    setCaret(steps[step].caret);
    inOrder();
    write();
    area.dispatchEvent(new Event("input", { bubbles: true }));
    reflect();
  }

  /* Commands ----------------------------------------------------------------------------------------------------- */
  function rename(block, tag) {
    const other = element(tag, ...block.childNodes);
    block.replaceWith(other);
    return other;
  }

  /* Change blocks without losing the selection in them. */
  function keeping(change) {
    const { anchorNode, anchorOffset, focusNode, focusOffset } = getSelection();
    const caret = caretNow();
    change();
    if (paper.contains(anchorNode) && paper.contains(focusNode)) getSelection().setBaseAndExtent(anchorNode, anchorOffset, focusNode, focusOffset);
    else setCaret(caret);
  }

  function heading() {
    const tops = chosenTops().filter((top) => top.matches("p, h2, h3"));
    const tag = tops.every((top) => top.matches("h2, h3")) ? "p" : "h2";
    keeping(() => tops.forEach((top) => rename(top, tag)));
  }

  function list(kind) {
    const tops = chosenTops().filter((top) => top.matches("p, h2, h3, ul, ol"));
    keeping(() => {
      if (tops.every((top) => top.localName === kind)) {
        for (const top of tops) top.replaceWith(...[...top.querySelectorAll("li")].map((item) => element("p", ...item.childNodes)));
        return;
      }
      const whole = element(kind);
      tops[0]?.before(whole);
      for (const top of tops) {
        whole.append(...(top.matches("ul, ol") ? [...top.children] : [element("li", ...top.childNodes)]));
        top.remove();
      }
    });
  }

  function plain() {
    document.execCommand("removeFormat");
    keeping(() => {
      for (const top of chosenTops()) {
        if (top.matches("h2, h3")) rename(top, "p");
        if (top.matches("ul, ol")) top.replaceWith(...[...top.querySelectorAll("li")].map((item) => element("p", ...item.childNodes)));
      }
    });
  }

  function bold() {
    if (blockAt(getSelection().anchorNode)?.matches("h2, h3, th")) return;  // these are bold as they are
    document.execCommand("bold");
  }

  function table() {
    const row = (tag) => element("tr", ...Array.from({ length: 3 }, () => element(tag, element("br"))));
    const made = element("table", element("thead", row("th")), element("tbody", row("td"), row("td")));
    const top = topOf(blockAt(getSelection().anchorNode)) ?? paper.lastElementChild;
    if (top.localName === "p" && !top.textContent.trim()) top.replaceWith(made);
    else top.after(made);
    if (!made.nextElementSibling) made.after(emptyLine());
    caretInto(made.querySelector("th"));
  }

  function addRow() {
    const cell = cellHere(), row = cell.parentNode;
    const fresh = element("tr", ...[...row.cells].flatMap((old) => Array.from({ length: old.colSpan }, () => element("td", element("br")))));
    if (row.parentNode.localName === "thead") {
      const body = row.closest("table").tBodies[0] ?? row.parentNode.parentNode.appendChild(element("tbody"));
      body.prepend(fresh);
    } else row.after(fresh);
    caretInto(fresh.cells[Math.min(cell.cellIndex, fresh.cells.length - 1)]);
  }

  function addColumn() {
    const cell = cellHere(), index = cell.cellIndex;
    for (const row of cell.closest("table").rows) {
      const beside = row.cells[Math.min(index, row.cells.length - 1)];
      beside.after(element(beside.localName, element("br")));
    }
    caretInto(cell.nextElementSibling);
  }

  function leave(whole) {
    const next = whole.nextElementSibling ?? paper.appendChild(emptyLine());
    whole.remove();
    caretInto(next);
  }

  function removeRow() {
    const row = cellHere().parentNode, whole = row.closest("table");
    if (whole.rows.length === 1) return leave(whole);
    const next = whole.rows[row.rowIndex + 1] ?? whole.rows[row.rowIndex - 1], part = row.parentNode;
    row.remove();
    if (!part.children.length) part.remove();
    caretInto(next.cells[0]);
  }

  function removeColumn() {
    const cell = cellHere(), index = cell.cellIndex, row = cell.parentNode, whole = row.closest("table");
    if (row.cells.length === 1) return leave(whole);
    const next = row.cells[index + 1] ?? row.cells[index - 1];
    for (const other of [...whole.rows]) other.cells[index]?.remove();
    caretInto(next);
  }

  const COMMANDS = {
    bold, heading, table, plain,
    ul: () => list("ul"), ol: () => list("ol"),
    undo: () => travel(-1), redo: () => travel(1),
    "add-row": addRow, "add-column": addColumn, "remove-row": removeRow, "remove-column": removeColumn,
    "remove-table": () => leave(cellHere().closest("table")),
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
    if (event.key === "Tab" && !event.ctrlKey && !event.altKey) return nextCell(event);
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const name = (event.shiftKey ? SHIFTED : KEYS)[event.code];
    if (!name) return;
    event.preventDefault();
    run(name);
  });

  function nextCell(event) {
    const cell = cellHere();
    if (!cell) return;
    const cells = [...cell.closest("table").querySelectorAll("td, th")];
    const next = cells[cells.indexOf(cell) + (event.shiftKey ? -1 : 1)];
    if (!next) return;
    event.preventDefault();
    caretInto(next, true);
  }

  /* Typing. Where blocks are parted or joined the browser would keep the looks of the old place as styles, which the
     page's policy forbids: that is done here. --------------------------------------------------------------------- */
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
    else if (/^delete/.test(kind)) return cut() || joined(kind);
    else if (!/^insert(Text|Paragraph|LineBreak)$/.test(kind)) return false;
    else {
      cut();
      if (kind !== "insertParagraph") return false;
      if (cellHere()) document.execCommand("insertLineBreak");
      else return leftList();
    }
    return true;
  }

  /* Take out what is selected across several blocks; false when the selection is within one. */
  function cut() {
    const range = getSelection().rangeCount ? getSelection().getRangeAt(0) : null;
    if (!range || range.collapsed || !paper.contains(range.commonAncestorContainer)) return false;
    const first = blockAt(range.startContainer), last = blockAt(range.endContainer);
    if (first && first === last) return false;
    range.deleteContents();
    if (first?.isConnected && last?.isConnected && !first.matches("td, th") && !last.matches("td, th")) join(first, last);
    for (const list of paper.querySelectorAll("ul, ol")) if (!list.textContent) list.remove();
    for (const whole of paper.querySelectorAll("table")) if (!whole.textContent && !whole.contains(first) && !whole.contains(last)) whole.remove();
    if (first?.isConnected) caretInto(first, true);
    if (last?.isConnected && first !== last && !first?.isConnected) caretInto(last);
    return true;
  }

  /* The text of one block goes on in another. */
  function join(block, next) {
    const list = next.closest("ul, ol");
    if (block.lastChild?.localName === "br") block.lastChild.remove();
    const end = document.createRange();
    end.selectNodeContents(block);
    end.collapse(false);
    const inner = [...next.childNodes].filter((node) => !node.matches?.("ul, ol"));
    block.append(...inner);
    if (next.childNodes.length) next.replaceWith(...next.childNodes); else next.remove();
    if (list && !list.children.length) list.remove();
    getSelection().removeAllRanges();
    getSelection().addRange(end);
  }

  /* Backspace at the start of a block, or Delete at its end, where two blocks meet. */
  function joined(kind) {
    const selection = getSelection(), here = blockAt(selection.anchorNode);
    if (!here || !selection.isCollapsed || !/^deleteContent(Back|For)ward$/.test(kind)) return false;
    const back = kind === "deleteContentBackward", side = document.createRange();
    side.selectNodeContents(here);
    if (back) side.setEnd(selection.anchorNode, selection.anchorOffset);
    else side.setStart(selection.anchorNode, selection.anchorOffset);
    if (side.toString() || here.matches("td, th, caption")) return false;
    if (back && here.matches("li") && here === here.parentNode.firstElementChild && here.parentNode.parentNode === paper) {
      const list = here.parentNode, line = element("p", ...here.childNodes);
      list.before(line);
      here.remove();
      if (!list.children.length) list.remove();
      caretInto(line);
      return true;
    }
    const blocks = [...paper.querySelectorAll(BLOCKS)], other = blocks[blocks.indexOf(here) + (back ? -1 : 1)];
    if (!other) return back;
    if (other.matches("td, th, caption")) caretInto(other, back);
    else if (back) join(other, here);
    else join(here, other);
    return true;
  }

  /* Enter in an empty item ends the list. */
  function leftList() {
    const item = blockAt(getSelection().anchorNode);
    if (!item?.matches("li") || item.textContent || item.parentNode.parentNode !== paper) return false;
    const list = item.parentNode, line = emptyLine(), rest = element(list.localName);
    while (item.nextSibling) rest.append(item.nextSibling);
    item.remove();
    list.after(line);
    if (rest.children.length) line.after(rest);
    if (!list.children.length) list.remove();
    caretInto(line);
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
    const { fragment, pictures } = html ? EditorText.ofHtml(html, { foreign: true }) : EditorText.ofText(text);
    const files = [...data.files].some((file) => file.type.startsWith("image/"));
    say(pictures || (files && !fragment.hasChildNodes()) ? hint.dataset.pictures : "");
    if (!fragment.hasChildNodes()) return;
    if (!cut() && !getSelection().isCollapsed) getSelection().deleteFromDocument();
    inOrder();
    insert(fragment);
    changed();
    getSelection().focusNode?.parentElement?.scrollIntoView({ block: "nearest" });
  }

  function insert(fragment) {
    const block = blockAt(getSelection().anchorNode) ?? paper.lastElementChild;
    const parts = [...fragment.children];
    if (block.matches("td, th, caption")) return insertLines(parts);
    if (parts.length === 1 && parts[0].localName === "p") return insertInline([...parts[0].childNodes]);
    const top = topOf(block), range = getSelection().getRangeAt(0);
    let after = null;
    if (block.matches("p, h2, h3") && block === top) {
      range.setEnd(block, block.childNodes.length);
      after = element(block.localName, range.extractContents());
    }
    const anchor = element("p");
    top.after(anchor);
    anchor.replaceWith(...parts);
    const last = parts.at(-1);
    if (after?.textContent) {
      last.after(after);
      if (last.localName === "p" && parts.length > 1) {
        const end = last.lastChild;
        last.append(...after.childNodes);
        after.remove();
        caretAfter(end);
        return joinFirst(top, parts[0]);
      }
    }
    if (last.localName === "table" && !last.nextElementSibling) last.after(emptyLine());
    caretInto(last.localName === "table" ? last.nextElementSibling : last.querySelector("li:last-child") ?? last, last.localName !== "table");
    joinFirst(top, parts[0]);
  }

  /* The first pasted paragraph goes on with the one it was pasted into. */
  function joinFirst(top, first) {
    if (!top.textContent && top !== first && top.matches("p, h2, h3")) top.remove();
    else if (top.matches("p") && first.localName === "p" && top.nextElementSibling === first) {
      const caret = caretNow();
      const { anchorNode, anchorOffset } = getSelection();
      top.append(...first.childNodes);
      first.remove();
      if (paper.contains(anchorNode)) getSelection().collapse(anchorNode, anchorOffset);
      else if (top.lastChild) caretAfter(top.lastChild);
      else setCaret(caret);
    }
  }

  function caretAfter(node) {
    const range = document.createRange();
    range.setStartAfter(node);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  }

  function insertInline(nodes) {
    const range = getSelection().getRangeAt(0);
    const block = blockAt(range.startContainer);
    if (block && !block.textContent) block.replaceChildren();
    const place = block && !block.hasChildNodes() ? null : range;
    for (const node of nodes.reverse()) place ? place.insertNode(node) : block.prepend(node);
    if (nodes[0]) caretAfter(nodes[0]);
  }

  function insertLines(parts) {
    const rows = parts.flatMap((part) => (part.matches("table") ? [...part.rows] : part.matches("ul, ol") ? [...part.children] : [part]));
    insertInline(rows.flatMap((row, index) => {
      const inside = row.localName === "tr" ? [document.createTextNode([...row.cells].map((cell) => cell.textContent).join(" "))] : [...row.childNodes];
      return index ? [element("br"), ...inside] : inside;
    }));
  }

  function say(text) {
    hint.textContent = text;
  }

  /* Findings: their places are marked in the text, and a button leads to each ------------------------------------- */
  function markFindings() {
    const { chars, at } = EditorText.words(paper), marked = [];
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
    show(store.value === "" ? "" : store.value, area.value);
    remember("");
    reflect();
  });

  show(store.dataset.html, area.value);
  remember("");
  reflect();
  markFindings();
}
