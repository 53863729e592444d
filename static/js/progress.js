/* Long work shows how far it is. Forms with data-progress are sent by htmx (hx-boost), which reports the upload;
   links with data-progress are fetched here, so that the page can say that the file is being made. Without
   JavaScript both are an ordinary form and an ordinary link. */
import { whenSent } from "./submitting.js";
import { readableSize, words } from "./words.js";

function progressBox(text) {
  const box = document.createElement("div");
  box.className = "progress-box";
  box.setAttribute("role", "status");
  const label = document.createElement("label");
  label.className = "progress-line";
  const line = document.createElement("span");
  line.textContent = text;
  const bar = document.createElement("progress");
  label.append(line, bar);
  box.append(label);
  return { box, to: (share) => { if (share === null) bar.removeAttribute("value"); else { bar.max = 1; bar.value = share; } } };
}

document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.target.closest?.("form[data-progress]");
  if (!form) return;
  form.querySelector(".progress-box")?.remove();
  const shown = progressBox(form.dataset.progress);
  form.append(shown.box);
  form.addEventListener("htmx:xhr:progress", (upload) => {
    const { loaded, total } = upload.detail;
    if (total > 100000 && loaded < total) shown.to(loaded / total);
    else shown.to(null);
  });
});
document.addEventListener("htmx:afterRequest", (event) => {
  event.target.closest?.("form[data-progress]")?.querySelector(".progress-box")?.remove();
});

/* An ordinary form that carries big files only knows that it is being sent. */
whenSent((form) => {
  if (form.dataset.progress || form.enctype !== "multipart/form-data") return;
  const bytes = [...form.querySelectorAll("input[type=file]")].flatMap((input) => [...input.files]).reduce((sum, file) => sum + file.size, 0);
  if (bytes > 2000000) form.append(progressBox(`${words.sending} ${readableSize(bytes)}`).box);
});
addEventListener("pageshow", () => document.querySelectorAll("form > .progress-box").forEach((box) => box.remove()));

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[data-progress]");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (link.dataset.making) {
    event.preventDefault();
    return;
  }
  event.preventDefault();
  link.dataset.making = "1";
  link.closest("details.menu")?.removeAttribute("open");
  const shown = progressBox(link.dataset.progress);
  document.getElementById("content").prepend(shown.box);
  try {
    await download(link.href, shown);
  } catch {
    location.href = link.href;
  }
  shown.box.remove();
  delete link.dataset.making;
});

/* A page instead of a file is an explanation: the browser goes there and shows it. */
async function download(url, shown) {
  const answer = await fetch(url, { credentials: "same-origin" });
  const named = /filename\*=utf-8''([^;]+)/i.exec(answer.headers.get("Content-Disposition") ?? "");
  const plain = /filename="([^"]+)"/i.exec(answer.headers.get("Content-Disposition") ?? "");
  if (!answer.ok || !(named || plain)) throw new Error("no file");
  const total = Number(answer.headers.get("Content-Length"));
  const parts = [];
  let got = 0;
  for (const reader = answer.body.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    got += value.length;
    if (total) shown.to(got / total);
  }
  const file = URL.createObjectURL(new Blob(parts, { type: answer.headers.get("Content-Type") }));
  const save = document.createElement("a");
  save.href = file;
  save.download = named ? decodeURIComponent(named[1]) : plain[1];
  save.click();
  setTimeout(() => URL.revokeObjectURL(file), 60000);
}
