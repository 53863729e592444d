/* The blocks of an editor: paragraphs, headings, lists, cells. Where they are parted, joined or made into others the
   browser would keep the looks of the old place as styles, which the page's policy forbids: so it is done here. */
import { cleaned, mongolian } from "./text.js";

export function blocksOf(paper) {
  const KNOWN = "p, h2, h3, ul, ol, li, table, thead, tbody, tr, th, td, caption, blockquote, strong, b, em, i, u, sub, sup, br";
  const STRAY = `:not(${KNOWN}), [style], [class], :is(p, h2, h3) :is(p, h2, h3, ul, ol, table), :is(li, td, th) p`;
  const BLOCKS = "p, h2, h3, li, td, th, caption";

  const element = (tag, ...inside) => {
    const made = document.createElement(tag);
    made.append(...inside);
    return made;
  };
  const emptyLine = () => element("p", element("br"));

  /* Put what the browser made of a key into known elements, with the caret where it was. */
  function inOrder() {
    const loose = [...paper.childNodes].some((node) => node.nodeType === Node.TEXT_NODE || node.localName === "br" || /^(strong|b|em|i|u|sub|sup)$/.test(node.localName));
    if (loose || paper.querySelector(STRAY)) {
      const caret = caretNow();
      paper.replaceChildren(cleaned(paper, { live: true }).fragment);
      setCaret(caret);
    }
    for (const block of paper.querySelectorAll(BLOCKS)) {
      if (!block.hasChildNodes()) block.append(element("br"));
      if (mongolian(block.textContent)) block.lang = "mn-Mong";
      else if (block.lang) block.removeAttribute("lang");
    }
    if (!paper.lastElementChild || paper.lastElementChild.localName === "table") paper.append(emptyLine());
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

  /* One kind of block into another ------------------------------------------------------------------------------- */
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

  /* Blocks that meet --------------------------------------------------------------------------------------------- */
  /* Take out what is selected across several blocks; false when the selection is within one. */
  function cut() {
    const range = getSelection().rangeCount ? getSelection().getRangeAt(0) : null;
    if (!range || range.collapsed || !paper.contains(range.commonAncestorContainer)) return false;
    const first = blockAt(range.startContainer), last = blockAt(range.endContainer);
    if (first && first === last) return false;
    range.deleteContents();
    if (first?.isConnected && last?.isConnected && !first.matches("td, th") && !last.matches("td, th")) join(first, last);
    else if (first?.isConnected) caretInto(first, true);
    for (const list of paper.querySelectorAll("ul, ol")) if (!list.textContent) list.remove();
    for (const whole of paper.querySelectorAll("table")) if (!whole.textContent && !whole.contains(first) && !whole.contains(last)) whole.remove();
    if (!paper.children.length) paper.append(emptyLine());
    const rest = [first, last].find((block) => block?.isConnected) ?? paper.firstElementChild;
    if (!rest.textContent) rest.replaceChildren(element("br"));
    if (rest !== first || !first.textContent) caretInto(rest);
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

  /* Blocks that come from elsewhere ------------------------------------------------------------------------------- */
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

  return {
    element, emptyLine, inOrder, caretNow, setCaret, caretInto, blockAt, topOf, cellHere,
    heading, list, plain, bold, cut, joined, leftList, insert,
  };
}
