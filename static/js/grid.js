/* Tables with data-grid are typed like a sheet: Enter goes down, and a block copied from Excel fills cells. */
for (const grid of document.querySelectorAll("[data-grid]")) {
  const rows = [...grid.tBodies[0].rows].map((row) => [...row.querySelectorAll("input:not([type=hidden])")]);

  const place = (input) => {
    for (const [line, cells] of rows.entries()) {
      const column = cells.indexOf(input);
      if (column >= 0) return [line, column];
    }
    return null;
  };

  grid.addEventListener("keydown", (event) => {
    const at = event.key === "Enter" && place(event.target);
    if (!at) return;
    event.preventDefault();
    rows[at[0] + (event.shiftKey ? -1 : 1)]?.[at[1]]?.focus();
  });

  grid.addEventListener("paste", (event) => {
    const at = place(event.target);
    const text = event.clipboardData.getData("text/plain").replace(/\r?\n$/, "");
    if (!at || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    text.split(/\r?\n/).forEach((line, down) => line.split("\t").forEach((value, right) => {
      const cell = rows[at[0] + down]?.[at[1] + right];
      if (!cell) return;
      cell.value = value.replace(/[,\s]/g, "");
      cell.dispatchEvent(new Event("input", { bubbles: true }));
    }));
  });
}
