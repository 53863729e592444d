/* A formset grows by a row, made of its template, up to its limit. */
import { appeared, whenAppears } from "./appearing.js";

whenAppears("[data-formset]", growFormset);

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
    appeared(row);
    total.value = Number(total.value) + 1;
    button.hidden = Number(total.value) >= Number(limit?.value ?? 1000);
    row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  });
}
