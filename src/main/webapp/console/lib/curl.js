import { address, headers } from "./api.js";
import { button, el, freshId } from "./dom.js";
import { icon } from "./icons.js";
import { say } from "./notice.js";

const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/** The same request for a terminal; the token stays a name, so that nobody copies it along. */
export function curl(request) {
  const method = request.method ?? "GET";
  const sent = Object.entries(headers({ ...request, passphrase: request.passphrase && "…" })).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`);
  return [
    "curl",
    method !== "GET" && !(method === "POST" && (request.body !== undefined || request.lines)) && `-X ${method}`,
    `-H "Authorization: Bearer $TOKEN"`,
    ...sent,
    request.body !== undefined && `-d ${quoted(JSON.stringify(request.body))}`,
    request.lines && `--data-binary ${quoted(`@${request.lines.name}`)}`,
    quoted(address(request.path)),
  ]
    .filter(Boolean)
    .join(" ");
}

/** A command with a button that copies it. @param text, or a function that is asked when it is copied */
export function command(name, text, label = "Copy") {
  const code = el(
    "code",
    { tabindex: "0", role: "region", "aria-label": `${name} as a curl command`, "data-curl": name },
    text,
  );
  return el("div", { class: "command" }, code, copyButton(code, label, name));
}

export function copyButton(source, label, name, act = "copy") {
  return button(label, { act, kind: "small", icon: icon("copy"), "aria-label": `${label} ${name}` }, async () => {
    say((await copy(source)) ? "Copied." : "It can't be copied from here. It is selected: copy it by hand.");
  });
}

/** The requests of a page or dialog, folded away. @param requests by name; a function is asked again each time it is unfolded */
export function curlDetails(requests, id = freshId("curl")) {
  const body = el("div", { class: "commands" });
  const details = el("details", { class: "curl", id }, el("summary", {}, "As curl"), body);
  const draw = () => {
    const named = Object.entries(typeof requests === "function" ? requests() : requests);
    body.replaceChildren(
      ...named.map(([name, request]) =>
        el("div", {}, named.length > 1 && el("p", { class: "command-name" }, name), command(name, curl(request))),
      ),
    );
  };
  details.addEventListener("toggle", () => details.open && draw());
  details.redraw = () => details.open && draw();
  return details;
}

/** The clipboard is only there on https and localhost, and may be refused. @returns whether it was copied */
async function copy(element) {
  try {
    await navigator.clipboard.writeText(element.textContent);
    return true;
  } catch {
    select(element);
    return document.execCommand("copy");
  }
}

function select(element) {
  const range = document.createRange();
  range.selectNodeContents(element);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}
