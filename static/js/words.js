/* What scripts say. The words are in the language of the page: base.html holds them, so that every one is in the catalogue. */
export const words = document.getElementById("words")?.dataset ?? {};

export function readableSize(bytes) {
  return bytes < 1048576 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}
