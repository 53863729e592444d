/* Tables in an editor: made, grown and shrunk where the caret is. */
export function tablesOf(paper, { element, emptyLine, caretInto, blockAt, topOf, cellHere }) {
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

  /* The Tab key goes from cell to cell, and out of the table at its ends. */
  function nextCell(event) {
    const cell = cellHere();
    if (!cell) return;
    const cells = [...cell.closest("table").querySelectorAll("td, th")];
    const next = cells[cells.indexOf(cell) + (event.shiftKey ? -1 : 1)];
    if (!next) return;
    event.preventDefault();
    caretInto(next, true);
  }

  const removeTable = () => leave(cellHere().closest("table"));

  return { table, addRow, addColumn, removeRow, removeColumn, removeTable, nextCell };
}
