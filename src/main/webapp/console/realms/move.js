import { getAll } from "../lib/api.js";
import { formDialog, IdempotencyKey } from "../lib/form.js";
import { plural } from "../lib/format.js";
import { say } from "../lib/notice.js";
import { realms } from "./current.js";
import { counted, KINDS } from "./kinds.js";

const RENAME = {
  name: "rename",
  label: "Rename databases whose name is taken there",
  type: "checkbox",
  help: "They get a number behind it. Otherwise nothing moves.",
};

const DETACH = {
  name: "detach",
  label: "Leave the database",
  type: "checkbox",
  help: "Otherwise nothing moves as long as a document's database stays.",
};

/** What goes along, and what whoever moves it decides. */
const MOVES = {
  servers: { along: "Databases go along, with their documents and jobs.", fields: [RENAME] },
  databases: { along: "Documents go along, with their jobs.", fields: [RENAME] },
  documents: { along: "Jobs go along.", fields: [DETACH] },
};

/** Nowhere to go without a second realm. */
export const mayMove = (kind) => kind in MOVES && realms.active.length > 1;

/** Moves rows of a realm, all or none. Answers whether it did. */
export async function moveRows(realm, kind, items) {
  const { along, fields } = MOVES[kind];
  const { describe, one } = KINDS[kind];
  return move(realm, {
    title: `Move ${items.length === 1 ? describe(items[0]) : plural(items.length, one)}`,
    intro: along,
    fields: [kind === "databases" ? await otherServers(realm) : otherRealms(realm), ...fields],
    rows: { [kind]: items.map(({ id }) => id) },
  });
}

/** Moves all that a realm holds, but its API keys. */
export const moveEverything = (realm) =>
  move(realm, {
    title: `Move everything out of ${realm.name}`,
    intro: "All servers, databases, documents and jobs go, or nothing does. API keys stay.",
    fields: [otherRealms(realm), RENAME],
    rows: { everything: true },
  });

async function move(realm, { title, intro, fields, rows }) {
  const key = new IdempotencyKey();
  const done = await formDialog({
    name: "move",
    title,
    intro,
    fields,
    label: "Move",
    request: ({ place, ...decided }) => {
      const [targetRealmId, serverId] = (place ?? "").split("/");
      const body = { targetRealmId, ...(serverId && { serverId }), ...decided, ...rows };
      return { method: "POST", path: `/realms/${realm.id}/move`, body, key: key.of(body) };
    },
  });
  if (done) {
    const target = realms.items.find(({ id }) => id === done.targetRealmId);
    say(`Moved to ${target.name}: ${counted(done.moved)}.`);
  }
  return Boolean(done);
}

const others = (realm) => realms.active.filter(({ id }) => id !== realm.id);

const otherRealms = (realm) => ({
  name: "place",
  label: "To the realm",
  type: "select",
  required: true,
  options: others(realm).map(({ id, name }) => [id, name]),
});

/** A database goes to a server, and so to its realm. */
async function otherServers(realm) {
  const servers = await Promise.all(
    others(realm).map(async ({ id, name }) =>
      (await getAll(`/realms/${id}/servers`, {}, 200)).map((server) => [`${id}/${server.id}`, `${server.name} in ${name}`]),
    ),
  );
  return {
    name: "place",
    label: "To the server",
    type: "select",
    required: true,
    options: servers.flat(),
    help: "With its server it goes by moving that.",
  };
}
