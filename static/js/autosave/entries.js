/* What the form of an item says: its entries, and when two of them say the same. */
export const TECHNICAL = new Set(["csrfmiddlewaretoken", "read", "form_key", "writer", "secrecy_stated_for"]);
export const entriesOf = (form) => [...new FormData(form)].filter(([, value]) => typeof value === "string");
export const spoken = (entries) => JSON.stringify(entries.filter(([name]) => !TECHNICAL.has(name)));

/* The same, without what does not matter: spaces, empty fields, lines of the authors' table without a name. */
export function gist(entries) {
  const named = new Map(entries);
  return JSON.stringify(entries
    .filter(([name]) => !TECHNICAL.has(name) && !/_FORMS$/.test(name))
    .filter(([name]) => !/-share$/.test(name) || named.get(name.replace(/share$/, "name")))
    .map(([name, value]) => [name, value.replace(/[\s\u3000]|&nbsp;/g, "")])
    .filter(([, value]) => value)
    .sort());
}
