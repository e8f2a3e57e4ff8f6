import { get, send } from "../lib/api.js";
import { confirm } from "../lib/dialog.js";
import { el } from "../lib/dom.js";
import { formDialog, IdempotencyKey } from "../lib/form.js";
import { say } from "../lib/notice.js";
import { mayWrite } from "../lib/session.js";
import { realms } from "./current.js";
import { counted } from "./kinds.js";
import { moveEverything } from "./move.js";
import { exportRealm } from "./transfer.js";

const FIELDS = [
  { name: "name", label: "Name", required: true },
  { name: "description", label: "Description", type: "textarea" },
];

/** What may be done to a realm; draw shows the realms anew. */
export function actsOf(realm, isCurrent, draw) {
  const take = { act: "export", label: "Export", run: () => exportRealm(realm) };
  if (!mayWrite()) {
    return realm.isActive ? [take] : [];
  }
  if (!realm.isActive) {
    return [{ act: "restore", label: "Restore", run: () => restore(realm, draw) }];
  }
  return [
    !isCurrent && { act: "switch", label: "Switch to it", kind: "primary", run: () => switchTo(realm, draw) },
    { act: "edit", label: "Edit", run: () => edit(realm, draw) },
    realms.active.length > 1 && { act: "move", label: "Move everything", run: () => moveAll(realm, draw) },
    take,
    !realm.isDefault && { act: "default", label: "Make default", run: () => makeDefault(realm, draw) },
    !realm.isDefault && { act: "delete", label: "Delete", kind: "quiet-danger", run: () => remove(realm, draw) },
  ].filter(Boolean);
}

async function switchTo(realm, draw) {
  await realms.switchTo(realm.id);
  say(`You are in ${realm.name} now.`);
  await draw();
}

export async function create(draw) {
  const key = new IdempotencyKey();
  const made = await formDialog({
    name: "new-realm",
    title: "New realm",
    intro:
      "A realm shares nothing with your others: it has servers, databases, documents, jobs and API keys of its own.",
    fields: FIELDS,
    label: "Create",
    request: (body) => ({ method: "POST", path: "/realms", body, key: key.of(body) }),
  });
  if (made) {
    say(`${made.name} is there.`);
    await draw();
  }
}

async function edit(realm, draw) {
  const { data, etag } = await send({ path: `/realms/${realm.id}` });
  const changed = await formDialog({
    name: "edit-realm",
    title: `Edit ${data.name}`,
    fields: FIELDS,
    values: data,
    label: "Save",
    patch: true,
    request: (body) => ({ method: "PATCH", path: `/realms/${realm.id}`, body, etag }),
  });
  if (changed) {
    say("Saved.");
    await draw();
  }
}

async function makeDefault(realm, draw) {
  const { etag } = await send({ path: `/realms/${realm.id}` });
  const request = { method: "PUT", path: `/realms/${realm.id}/default`, etag };
  const done = await confirm({
    name: "default-realm",
    title: `Make ${realm.name} the default`,
    content: el(
      "p",
      {},
      "What comes without a realm goes to the default one, and it can't be deleted. The present default becomes a realm like any other.",
    ),
    label: "Make default",
    danger: false,
    request,
  });
  if (done) {
    say(`${realm.name} is the default realm now.`);
    await draw();
  }
}

async function moveAll(realm, draw) {
  if (await moveEverything(realm)) {
    await draw();
  }
}

async function remove(realm, draw) {
  const [{ etag }, held] = await Promise.all([
    send({ path: `/realms/${realm.id}` }),
    get(`/realms/${realm.id}/stats`),
  ]);
  const done = await confirm({
    name: "delete-realm",
    title: `Delete ${realm.name}`,
    label: "Delete",
    ...(Object.values(held).some((count) => count > 0) ? withContent(realm, etag, held) : empty(realm, etag)),
  });
  if (done) {
    say(`${realm.name} is deleted.`);
    await draw();
  }
}

const empty = (realm, etag) => ({
  content: el("p", {}, "It holds nothing, and can be restored as long as its name is free."),
  request: { method: "DELETE", path: `/realms/${realm.id}`, etag },
});

const withContent = (realm, etag, held) => ({
  content: el(
    "p",
    {},
    `${counted(held)} go with it. Nobody sees them any more, its keys open nothing, and it can be restored for a time. Then they are removed for good.`,
  ),
  word: realm.name,
  request: { method: "DELETE", path: `/realms/${realm.id}?content=true`, etag, realmName: realm.name },
});

async function restore(realm, draw) {
  await send({ method: "POST", path: `/realms/${realm.id}/restore` });
  say(`${realm.name} is back.`);
  await draw();
}
