import { button, el } from "./dom.js";
import { icon } from "./icons.js";

/** Saves what is shown, as the API gave it. @param read gives it when it is asked for */
export function downloadButton(name, read) {
  return button("Download as JSON", { act: "download", icon: icon("download") }, () => save(`${name}.json`, read()));
}

function save(file, data) {
  const address = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: "application/json" }));
  const link = el("a", { href: address, download: file });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
