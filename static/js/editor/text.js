/* The text of an item as elements: what is kept of anything that is typed or pasted, and its words alone. The server
   (submissions/markup) decides what is stored; this is the same in the writer's sight. Nothing here touches the page. */

const MARKS = { strong: "strong", b: "strong", em: "em", i: "em", u: "u", sub: "sub", sup: "sup" };
const HEADINGS = { h1: "h2", h2: "h2", h3: "h3", h4: "h3", h5: "h3", h6: "h3" };
const LINES = "p, div, section, article, header, footer, main, aside, address, center, pre, dl, dt, dd, figure, figcaption, form, fieldset, hr";
const DROPPED = "script, style, template, svg, math, iframe, object, noscript, title, textarea, select, xml, head, meta, link, audio, video, canvas";
const PICTURES = "img, picture, v\\:imagedata, v\\:shape, v\\:shapetype";
const CELLS = ["td", "th"];
const LINED = ["li", "td", "th", "caption"];
const ROWS = ["table", "thead", "tbody"];
const BLANKS = /^[\s\u00a0\u3000]+/;
/* A line break in the source between two Chinese characters is none in the text. */
const FOLDED = /(?<=[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef])[ \t]*[\r\n]+[ \t]*(?=[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef])/g;
const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/g;

/* The page's policy forbids styles even in a document that is only read: there they are under another name. */
const styleOf = (node) => node.getAttribute("style") ?? node.getAttribute("data-style") ?? "";
const unstyled = (text) => text
  .replace(/<style[\s>][\s\S]*?<\/style\s*>/gi, "")
  .replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style=").replace(/\son\w+\s*=/gi, " data-on="));

/* What is kept of `source` (its children), as a fragment of its own, and how many pictures were left out.
   `live` is text that is being written: empty paragraphs and spaces at the ends stay. `foreign` is another
   program's: what is bold in a heading is so by its looks. */
export function cleaned(source, { live = false, foreign = false } = {}) {
  const root = document.createDocumentFragment();
  let place = root, line = null, heading = "", pictures = 0;
  const marks = [];
  const tagOf = (node) => node.localName ?? "";
  const make = (tag) => document.createElement(tag);

  function startLine() {
    const around = tagOf(place);
    if (LINED.includes(around)) {
      if (place.hasChildNodes()) place.append(make("br"));
      return place;
    }
    return place.appendChild(make(around === "ul" || around === "ol" ? "li" : heading || "p"));
  }

  function put(node) {
    if (ROWS.includes(tagOf(place)) || tagOf(place) === "tr") return;
    line ??= startLine();
    let at = line;
    for (const mark of [...marks].sort())
      at = at.lastChild?.localName === mark ? at.lastChild : at.appendChild(make(mark));
    at.append(node);
  }

  function write(text) {
    let shown = text.replace(CONTROL, "").replace(FOLDED, "").replace(/[ \t\r\n]+/g, " ").normalize("NFC");
    if (!live) shown = shown.replace(/\u00a0/g, " ");
    if (!live && !line?.textContent) shown = shown.replace(BLANKS, "");
    if (shown && (line || shown.trim() || live)) put(document.createTextNode(shown));
  }

  function endLine() {
    if (line && !live) {
      for (let last = line; last.lastChild; last = last.lastChild) {
        while (last.lastChild?.localName === "br") last.lastChild.remove();
        const end = last.lastChild;
        if (end?.nodeType === Node.TEXT_NODE) end.data = end.data.replace(/[\s\u00a0\u3000]+$/, "");
        if (end?.nodeType === Node.TEXT_NODE && !end.data && last !== line) end.remove();
        if (!last.lastChild) break;
      }
      if (!line.textContent && !LINED.includes(tagOf(line))) line.remove();
    }
    line = null;
  }

  function inside(node) {
    for (const child of [...node.childNodes]) visit(child);
  }

  function contain(node, tag) {
    endLine();
    const before = place, headingBefore = heading;
    let element = make(tag);
    if (["ul", "ol"].includes(tag) && ["ul", "ol"].includes(tagOf(place))) place = place.lastElementChild ?? place.appendChild(make("li"));
    place.append(element);
    if (CELLS.includes(tag)) for (const span of ["colspan", "rowspan"]) {
      const cells = Math.min(Number(node.getAttribute(span)) || 1, 200);
      if (cells > 1) element.setAttribute(span, cells);
    }
    place = element;
    heading = "";
    inside(node);
    endLine();
    place = before;
    heading = headingBefore;
    if (!live && !CELLS.includes(tag) && !element.textContent && !element.querySelector("td, th")) element.remove();
  }

  function fits(tag) {
    const around = tagOf(place);
    if (tag === "ul" || tag === "ol") return ["", "blockquote", "li", "ul", "ol"].includes(around);
    if (tag === "li") return ["ul", "ol"].includes(around);
    if (CELLS.includes(tag)) return around === "tr";
    if (tag === "tr") return ROWS.includes(around);
    if (["thead", "tbody", "tfoot", "caption"].includes(tag)) return around === "table";
    return ["table", "blockquote"].includes(tag) && around === "";
  }

  /* A paragraph that Word shows as an item of a list: the kind of list, or "" when its mark stays as text. */
  function wordList(node, style) {
    if (!/mso-list:\s*l\d/i.test(style) || place !== root) return null;
    const sign = [...node.querySelectorAll("span")].find((part) => /mso-list:\s*ignore/i.test(styleOf(part)));
    const mark = sign?.textContent.replace(/[\s\u00a0]+/g, "") ?? "";
    if (/^\(?\d+[.)、．）]?$/.test(mark)) return "ol";
    return /^[\p{L}\p{N}（(]+.*[、.)）]$|^第/u.test(mark) && mark.length > 1 ? "" : "ul";
  }

  function paragraph(node, style) {
    const kind = wordList(node, style);
    endLine();
    if (kind) {
      const last = root.lastElementChild;
      const list = tagOf(last ?? root) === kind && last.fromWord ? last : root.appendChild(make(kind));
      list.fromWord = true;
      place = list;
    }
    inside(node);
    if (live && !line && !node.querySelector("p, div, table, ul, ol")) put(make("br"));
    endLine();
    if (kind) place = root;
    return kind;
  }

  function visit(node) {
    if (node.nodeType === Node.TEXT_NODE) return write(node.data);
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches(DROPPED)) return;
    if (node.matches(PICTURES)) return void (pictures += node.matches("img, v\\:imagedata"));
    const tag = tagOf(node), style = styleOf(node);
    if (/display:\s*none|mso-hide:\s*all/i.test(style)) return;
    if (/mso-list:\s*ignore/i.test(style)) {
      const holder = node.closest("p");
      if (holder && wordList(holder, styleOf(holder)) === "") write(node.textContent.replace(/[\s\u00a0]+/g, ""));
      return;
    }
    if (tag === "br") return void ((line || live) && put(make("br")));
    const weight = /(?<![-\w])font-weight:\s*(\w+)/i.exec(style)?.[1] ?? "";
    const bold = /^(bold|[6-9]00)$/i.test(weight) && !(tag in HEADINGS) && !node.matches(LINES);
    const mark = MARKS[tag] && !/^(normal|[1-4]00)$/i.test(weight) ? MARKS[tag] : bold ? "strong" : "";
    const added = mark && !marks.includes(mark) && !(foreign && heading && mark === "strong");
    if (added) marks.push(mark);
    if (tag in HEADINGS && !LINED.includes(tagOf(place))) {
      endLine();
      heading = HEADINGS[tag];
      paragraph(node, "");
      heading = "";
    } else if (fits(tag)) contain(node, tag === "tfoot" ? "tbody" : tag);
    else if (node.matches(LINES) || tag in HEADINGS || ["li", "tr", "blockquote", "caption"].includes(tag)) paragraph(node, style);
    else {
      if (CELLS.includes(tag)) write(" ");
      inside(node);
    }
    if (added) marks.splice(marks.indexOf(mark), 1);
  }

  inside(source);
  endLine();
  return { fragment: root, pictures };
}

/* Elements as HTML; "<p></p>" for nothing at all, since an empty field would mean that there is no editor. */
export function html(fragment) {
  const box = document.createElement("div");
  box.append(fragment);
  return box.innerHTML || "<p></p>";
}

/* What is kept of HTML as text, which is never shown as it is. */
export function ofHtml(text, options) {
  return cleaned(new DOMParser().parseFromString(unstyled(text), "text/html").body, options);
}

export function ofText(text) {
  const fragment = document.createDocumentFragment();
  for (const line of text.replace(CONTROL, "").split(/\r\n|[\r\n\u2028\u2029]/)) {
    const words = line.replace(BLANKS, "").trimEnd().normalize("NFC");
    if (!words) continue;
    const paragraph = document.createElement("p");
    paragraph.textContent = words;
    fragment.append(paragraph);
  }
  return { fragment, pictures: 0 };
}

/* The words of an editor, a paragraph a line: {text, at}; `at` says for every character where it stands, as
   [text node, offset], or null for a mark that is not written. Characters are counted as the server counts them. */
export function words(root) {
  const chars = [], at = [];
  let fresh = true, pending = false;  // at the start of a line; a line feed is due before the next character
  function push(char, where) {
    if (pending) { chars.push("\n"); at.push(null); }
    pending = false;
    chars.push(char);
    at.push(where);
  }
  function newLine() {
    while (!fresh && at.at(-1) && /[\s\u00a0\u3000]/.test(chars.at(-1))) { chars.pop(); at.pop(); }
    fresh = true;
    pending ||= chars.length > 0;
  }
  function run(node) {
    let offset = 0;
    for (const char of node.data) {
      const shown = /[ \t\r\n\u00a0]/.test(char) ? " " : char;
      if (!(fresh && /[ \u3000]/.test(shown)) && !(shown === " " && chars.at(-1) === " ")) {
        push(shown, [node, offset]);
        fresh = false;
      }
      offset += char.length;
    }
  }
  function cells(row) {
    [...row.cells].forEach((cell, index) => {
      if (index) push("\t", null);
      fresh = true;
      for (const child of cell.childNodes) walk(child, true);
      while (chars.at(-1) === " ") { chars.pop(); at.pop(); }
    });
  }
  function walk(node, flat) {
    if (node.nodeType === Node.TEXT_NODE) return run(node);
    const tag = node.localName;
    if (tag === "br") return void (!flat ? newLine() : fresh || push(" ", null));
    const block = !flat && /^(p|h2|h3|li|tr|caption|blockquote|ul|ol|table)$/.test(tag);
    if (block) newLine();
    if (tag === "li") {
      const number = [...node.parentNode.children].indexOf(node) + 1;
      for (const char of node.parentNode.localName === "ol" ? `${number}. ` : "• ") push(char, null);
    }
    if (tag === "tr") cells(node);
    else for (const child of node.childNodes) walk(child, flat);
    if (block) newLine();
  }
  for (const child of root.childNodes) walk(child, false);
  newLine();
  return { text: chars.join(""), chars, at };
}

export const mongolian = (text) => {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return letters > 0 && letters <= 2 * (text.match(/[\u1800-\u18af]|[\u{11660}-\u{1167f}]/gu)?.length ?? 0);
};
