import { button, el } from "./dom.js";
import { icon } from "./icons.js";

/** Saves what is shown, as the API gave it. @param read gives it when it is asked for */
export function downloadButton(name, read) {
  return button("Download as JSON", { act: "download", icon: icon("download") }, () => save(`${name}.json`, [JSON.stringify(read(), null, 2)], "application/json"));
}

/** @param parts texts or bytes */
export function save(file, parts, type) {
  const address = URL.createObjectURL(new Blob(parts, { type }));
  const link = el("a", { href: address, download: file });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
