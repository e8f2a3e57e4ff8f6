import { address, send } from "../lib/api.js";
import { command, copyButton } from "../lib/curl.js";
import { confirm, openDialog } from "../lib/dialog.js";
import { button, el } from "../lib/dom.js";
import { moment } from "../lib/format.js";
import { formDialog, IdempotencyKey } from "../lib/form.js";

/** A key is shown once, when it is made: to be copied now or never. */
export function showNewKey(made) {
  const key = el("code", { id: "new-key", tabindex: "0", role: "region", "aria-label": "The new API key" }, made.key);
  const { dialog, foot, closed } = openDialog({
    name: "new-key",
    title: `The API key ${made.name}`,
    content: [
      el("p", {}, "This is the only time it is shown: only a hash of it is kept. Copy it now."),
      el("div", { class: "command key" }, key, copyButton(key, "Copy key", made.name, "copy-key")),
      el("p", {}, "Ready to be tried:"),
      el(
        "div",
        { id: "new-key-curl" },
        command("new key", `curl -H 'Authorization: Bearer ${made.key}' '${address("/realms/current")}'`),
      ),
      made.previousKeyExpiresAt &&
        el("p", {}, `The key before it goes on working until ${moment(made.previousKeyExpiresAt)}.`),
    ],
  });
  foot.append(button("I have copied it", { act: "close", kind: "primary" }, () => dialog.close()));
  return closed;
}

/** What can be done to a key besides renaming and deleting it. */
export function keyActs(path, reload) {
  return (key) =>
    key.revokedAt
      ? []
      : [
          { act: "rotate", label: "Rotate", run: () => rotate(path, key, reload) },
          { act: "revoke", label: "Revoke", kind: "quiet-danger", run: () => revoke(path, key, reload) },
        ];
}

async function rotate(path, key, reload) {
  const attempt = new IdempotencyKey();
  const { etag } = await send({ path: `${path}/${key.id}` });
  const made = await formDialog({
    name: "rotate-key",
    title: `Rotate ${key.name}`,
    intro: "A new key takes its place. The one before can go on working for a while, so that programs can change over.",
    fields: [
      {
        name: "graceSeconds",
        label: "Seconds for which the key before goes on working",
        type: "number",
        value: 3600,
        help: "At most 604,800: a week.",
      },
    ],
    label: "Rotate",
    request: (body) => ({ method: "POST", path: `${path}/${key.id}/rotate`, body, etag, key: attempt.of(body) }),
  });
  if (made) {
    await showNewKey(made);
    await reload();
  }
}

async function revoke(path, key, reload) {
  const request = { method: "POST", path: `${path}/${key.id}/revoke` };
  const done = await confirm({
    name: "revoke-key",
    title: `Revoke ${key.name}`,
    content: el("p", {}, "Programs that use it are refused at once. This can't be taken back."),
    label: "Revoke",
    request,
  });
  if (done) {
    await reload();
  }
}
