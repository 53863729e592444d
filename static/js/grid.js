/* Tables with data-grid are typed like a sheet: Enter goes down, and a block copied from Excel fills cells.

   Where rows have data-names (their names, apart by a line feed), a block that begins with names goes to the
   rows of these names, and a name that fits no row or several is told in the element that data-told names. */
for (const grid of document.querySelectorAll("[data-grid]")) {
  const rows = [...grid.tBodies[0].rows].map((row) => [...row.querySelectorAll("input:not([type=hidden])")]);

  const spelt = (name) => name.normalize("NFKC").replace(/\s/g, "").toLowerCase();
  const names = [...grid.tBodies[0].rows].map((row) => (row.dataset.names ?? "").split("\n").map(spelt).filter(Boolean));

  const fill = (cell, value) => {
    if (!cell) return;
    cell.value = value.replace(/[,\s]/g, "");
    cell.dispatchEvent(new Event("input", { bubbles: true }));
  };

  /* Each line goes to the row that bears its name; a head has no figures and goes nowhere. */
  const byName = (lines, column) => {
    const lost = [];
    for (const [name, ...values] of lines) {
      const at = names.flatMap((own, row) => (own.includes(spelt(name)) ? [row] : []));
      if (at.length === 1) values.forEach((value, right) => fill(rows[at[0]][column + right], value));
      else if (values.some((value) => /\d/.test(value))) lost.push(name.trim());
    }
    const told = document.getElementById(grid.dataset.told);
    if (!told) return;
    told.hidden = lost.length === 0;
    told.querySelector("[data-names]").textContent = lost.join("、");
  };

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
    const lines = text.split(/\r?\n/).map((line) => line.split("\t"));
    const named = names.some((own) => own.length) && lines.some(([first, ...rest]) => rest.length && /[^\d.,\s]/.test(first));
    if (named) byName(lines, at[1]);
    else lines.forEach((line, down) => line.forEach((value, right) => fill(rows[at[0] + down]?.[at[1] + right], value)));
  });
}
