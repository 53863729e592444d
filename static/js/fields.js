/* Fields say more of what is in them: characters, chosen files, whether all boxes are ticked. */
import { whenAppears } from "./appearing.js";
import { readableSize, words } from "./words.js";

whenAppears("textarea[maxlength], textarea[data-counter]", countCharacters);
whenAppears("input[type=file]", listFiles);
whenAppears("[data-select-all]", selectAll);

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
