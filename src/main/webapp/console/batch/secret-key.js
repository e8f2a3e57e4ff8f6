import { get } from "../lib/api.js";
import { curlDetails } from "../lib/curl.js";
import { confirm } from "../lib/dialog.js";
import { button, el, fill, setDisabled } from "../lib/dom.js";
import { moment, number } from "../lib/format.js";
import { poll } from "../lib/poll.js";
import { failure } from "../lib/states.js";
import { table } from "../lib/table.js";

const PATH = "/admin/secret-key";
const ROTATE = { method: "POST", path: `${PATH}/rotate` };

/** The keys that seal the credentials of servers, and their rotation, which is a batch job. */
export async function secretKeyCard() {
  const place = el("div");
  const heading = el("h2", { id: "secret-key-title", tabindex: "-1" }, "Encryption keys");
  const rotate = button("Rotate…", { act: "rotate-secret-key" }, ask);
  let view = null;

  async function load() {
    try {
      show(await get(PATH));
    } catch (problem) {
      fill(place, failure(problem, load));
    }
  }

  async function ask() {
    const done = await confirm({
      name: "rotate-secret-key",
      title: "Rotate the key",
      content: el(
        "p",
        {},
        "A new key is made, and every credential is sealed again by it. The key before goes on opening what it has sealed.",
      ),
      label: "Rotate",
      danger: false,
      request: ROTATE,
    });
    if (done) {
      show(done.data);
    }
  }

  function show(current) {
    const changed = JSON.stringify(current) !== JSON.stringify(view);
    view = current;
    setDisabled(rotate, view.rotation.state === "running", heading);
    if (changed) {
      fill(place, rotation(view.rotation), keyTable(view.keys));
    }
  }

  await load();
  return {
    element: el(
      "section",
      { class: "card", "aria-labelledby": "secret-key-title" },
      el("div", { class: "card-head" }, heading, rotate),
      el("p", { class: "quiet" }, "They seal the credentials of servers. Keys are known by their ids only."),
      place,
      curlDetails({ Rotate: ROTATE, "See them": { path: PATH } }),
    ),
    leave: poll(2000, async () => view?.rotation.state === "running" && show(await get(PATH))),
  };
}

const STATES = {
  "never-run": () => "They have not been rotated yet.",
  rotated: ({ endedAt, done }) => `Last rotated ${moment(endedAt)}: ${number(done)} credentials sealed again.`,
  "ended-early": ({ reason }) => `The last rotation ended early: ${reason} Rotate goes on with it.`,
};

function rotation(view) {
  if (view.state !== "running") {
    return el("p", {}, STATES[view.state]?.(view) ?? view.state);
  }
  return el(
    "div",
    { class: "bar" },
    el("span", { class: "bar-label" }, `Rotating: ${view.step ?? "waiting for its turn"}`),
    el("span", { class: "count" }, `${number(view.done)} of ${number(view.total)}`),
    el("progress", { max: Math.max(1, view.total), value: view.done, "aria-label": "Credentials sealed again" }),
  );
}

function keyTable(keys) {
  return table({
    name: "secret-keys",
    caption: "Encryption keys",
    items: keys,
    columns: [
      { label: "Key", cell: (key) => el("code", {}, key.id) },
      {
        label: "State",
        cell: (key) =>
          el("span", { class: "badge", "data-tone": key.activatedAt && !key.retiredAt ? "good" : null }, keyState(key)),
      },
      { label: "Created", cell: (key) => moment(key.createdAt) },
      { label: "Sealed credentials", kind: "number", cell: (key) => number(key.sealed) },
    ],
  });
}

function keyState({ createdAt, activatedAt, retiredAt }) {
  if (!createdAt) {
    return "not known here";
  }
  return retiredAt ? "retired" : activatedAt ? "active" : "made";
}
