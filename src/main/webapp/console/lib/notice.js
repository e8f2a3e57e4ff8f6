import { el, fill } from "./dom.js";

const LASTS = 6000;

let ending;

/** A short word that something went well; what went wrong stands where it went wrong. */
export function say(text) {
  const notice = document.getElementById("notice");
  // An open dialog makes the rest of the page inert, and the notice with it.
  (document.querySelector("dialog[open]") ?? document.body).append(notice);
  fill(notice, el("p", {}, text));
  clearTimeout(ending);
  ending = setTimeout(() => notice.replaceChildren(), LASTS);
}
