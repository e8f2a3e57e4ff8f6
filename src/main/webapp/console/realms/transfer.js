import { get, open, Problem, query, send } from "../lib/api.js";
import { confirm } from "../lib/dialog.js";
import { el, fill } from "../lib/dom.js";
import { save } from "../lib/download.js";
import { formDialog, IdempotencyKey } from "../lib/form.js";
import { number, plural } from "../lib/format.js";
import { say } from "../lib/notice.js";
import { mayWrite } from "../lib/session.js";
import { counted } from "./kinds.js";

const TYPE = "application/jsonl";
const NEWLINE = 10;

const passphrase = (help) => ({ name: "Realms-Passphrase", label: "Passphrase", type: "secret", help });

const SEALS = passphrase(
  "Seals the passwords and API keys of servers: 12 characters or more. Without one they are left out; without this one nobody opens them.",
);
const OPENS = passphrase("The one that the export was given, if it was given one.");

const FILE = { name: "file", label: "File of an export", type: "file", accept: ".jsonl", required: true };
const NAME = { name: "name", label: "Name of the new realm", help: "Without one it is called what it was called." };

/** Saves a realm as a file. */
export async function exportRealm(realm) {
  const stats = await get(`/realms/${realm.id}/stats`);
  const expected = stats.servers + stats.databases + stats.documents + stats.jobs;
  const rows = await formDialog({
    name: "export",
    title: `Export ${realm.name}`,
    intro: "All servers, databases, documents and jobs as they are at one moment, a line each. API keys stay.",
    fields: mayWrite() ? [SEALS] : [],
    label: "Export",
    request: (given) => ({ path: `/realms/${realm.id}/export`, passphrase: given[SEALS.name] }),
    act: async (request, place, signal) => {
      requireHeader(request.passphrase);
      const answer = await open({ ...request, signal });
      const { parts, lines } = await receive(answer, (seen) => progress(place, seen, expected));
      save(`${realm.name}.jsonl`, parts, TYPE);
      return lines - 2;
    },
  });
  if (rows !== null) {
    say(`Exported ${realm.name}: ${plural(rows, "row")}.`);
  }
}

/** The whole of an answer; what was cut off on its way is none. */
async function receive(answer, show) {
  const reader = answer.body.getReader();
  const parts = [];
  let lines = 0;
  for (let { done, value } = await read(reader); !done; { done, value } = await read(reader)) {
    parts.push(value);
    lines += value.reduce((count, byte) => count + (byte === NEWLINE ? 1 : 0), 0);
    show(lines);
  }
  const last = await new Blob(parts).slice(-200).text();
  if (!/\{"kind":"end"[^\n]*\}\n$/.test(last)) {
    throw new Problem({ detail: "The export was cut off on its way. Please try again." });
  }
  return { parts, lines };
}

const read = (reader) =>
  reader.read().catch(() => {
    throw Problem.gone();
  });

function progress(place, seen, expected) {
  fill(
    place,
    el("progress", { max: Math.max(expected, seen), value: seen, "aria-label": "Exported rows" }),
    el("p", { class: "quiet" }, `${number(seen)} lines of about ${number(expected + 2)}`),
  );
}

/** Makes a new realm of a file: looks into it first, and asks. */
export async function importRealm(draw) {
  const key = new IdempotencyKey();
  let given;
  const found = await formDialog({
    name: "import",
    title: "Import a realm",
    intro: "A new realm is made of the file of an export, all of it or nothing. First it is only looked at.",
    fields: [FILE, NAME, OPENS],
    label: "Check",
    request: (fields) => toImport((given = fields), { dryRun: true }),
    act: check,
  });
  if (!found) {
    return;
  }
  const made = await confirm({
    name: "import-realm",
    title: `Import ${found.name}`,
    content: [
      el("p", {}, "It holds ", el("strong", {}, counted(found.imported)), "."),
      found.idsTaken > 0 &&
        el("p", {}, `${plural(found.idsTaken, "row gets another id", "rows get other ids")}: theirs are those of rows that are here.`),
    ],
    label: "Import",
    danger: false,
    request: { ...toImport(given), key: key.of([given.name, given.file.name, given.file.size, given.file.lastModified]) },
  });
  if (made) {
    say(`Imported ${made.data.name}: ${counted(made.data.imported)}.`);
    await draw();
  }
}

/** A browser sends no other characters in a header, and says that nobody answers. */
function requireHeader(passphrase) {
  if (passphrase && !/^[ -~]*$/.test(passphrase)) {
    throw new Problem({ errors: [{ field: SEALS.name, message: "must have letters, digits and signs of ASCII only" }] });
  }
}

const toImport = (given, more = {}) => ({
  method: "POST",
  path: `/realms/import${query({ name: given.name, ...more })}`,
  lines: given.file,
  passphrase: given[OPENS.name],
});

async function check(request, place, signal) {
  if (!request.lines) {
    throw new Problem({ errors: [{ field: FILE.name, message: "must be chosen" }] });
  }
  requireHeader(request.passphrase);
  fill(place, el("progress", { "aria-label": "Looking into the file" }));
  const { data } = await send({ ...request, signal });
  if (data.nameTaken) {
    throw new Problem({ errors: [{ field: NAME.name, message: `another realm is called ${data.name}; give it another name` }] });
  }
  return data;
}
