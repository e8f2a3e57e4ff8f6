import { el } from "../lib/dom.js";
import { figures, pace } from "./figures.js";
import { progress } from "./progress.js";
import { strip } from "./strip.js";
import { watch } from "./watch.js";

/** The migration at a glance. Each part is drawn once and then kept current, so that nobody loses their place. */
export function overview() {
  const parts = [strip(), progress(), pace(), figures()];
  return {
    content: el(
      "div",
      { class: "overview" },
      parts.map((part) => part.element),
    ),
    update: () => parts.forEach((part) => part.update(watch.view)),
  };
}
