import assert from "node:assert/strict";
import { resolveObjectURL } from "node:buffer";
import { beforeEach, test } from "node:test";
import { answerAll, followed, freshPage, json, later, sent, settle } from "./dom.mjs";
import * as session from "../../main/webapp/console/lib/session.js";
import { exportRealm, importRealm } from "../../main/webapp/console/realms/transfer.js";

const LAB = { id: "a", name: "Lab" };
const STATS = { servers: 1, databases: 0, documents: 1, jobs: 0, apiKeys: 3 };
const LINES = ["realm", "server", "document", "end"].map((kind) => `{"kind":"${kind}"}\n`);
const FOUND = { name: "Lab", nameTaken: false, idsTaken: 2, imported: { servers: 1, databases: 0, documents: 1, jobs: 0 } };

const notice = () => document.getElementById("notice").textContent;
const dialog = () => document.querySelector("dialog");

beforeEach(() => {
  freshPage();
  session.isMe({ id: "1", name: "Ada", role: "USER" });
});

async function click(act) {
  dialog().querySelector(`[data-act=${act}]`).click();
  await settle();
}

async function exported(text, passphrase = "") {
  answerAll(({ address }) => (address.endsWith("/stats") ? json(STATS) : new Response(text)));
  exportRealm(LAB);
  await settle();
  const field = dialog().querySelector("[name=Realms-Passphrase]");
  if (field) {
    field.value = passphrase;
  }
  await click("save");
  await settle();
}

test("saves a realm as a file, with a passphrase that goes in a header", async () => {
  await exported(LINES.join(""), "open sesame, please");

  const [link] = followed;
  assert.equal(link.getAttribute("download"), "Lab.jsonl");
  assert.equal(await resolveObjectURL(link.getAttribute("href")).text(), LINES.join(""));
  const { headers } = sent.find(({ address }) => address.endsWith("/export"));
  assert.equal(headers["Realms-Passphrase"], "open sesame, please");
  assert.equal(notice(), "Exported Lab: 2 rows.");
});

test("saves nothing of what was cut off", async () => {
  await exported(LINES.slice(0, 3).join(""));

  assert.deepEqual([...followed], []);
  assert.match(dialog().textContent, /cut off/);
});

test("lets go of an export whose form is left", async () => {
  const slow = later();
  answerAll(({ address }) => (address.endsWith("/stats") ? json(STATS) : slow.promise));
  exportRealm(LAB);
  await settle();
  await click("save");
  assert.equal(sent.at(-1).signal.aborted, false);

  await click("cancel");

  assert.equal(sent.at(-1).signal.aborted, true);
  slow.reject(Object.assign(new Error("aborted"), { name: "AbortError" }));
  await settle();
  assert.deepEqual([...followed], []);
});

test("asks nobody for a passphrase who may not take credentials along", async () => {
  session.isMe({ id: "1", name: "Ada", role: "VIEWER" });
  await exported(LINES.join(""));

  assert.equal(followed.length, 1);
  assert.equal(sent.at(-1).headers["Realms-Passphrase"], undefined);
});

async function imported(answer, file = Object.assign(new Blob(LINES), { name: "Lab.jsonl" })) {
  answerAll(({ address }) => json(answer(address)));
  let drawn = 0;
  importRealm(async () => drawn++);
  await settle();
  dialog().querySelector("[name=file]").files = file ? [file] : [];
  await click("save");
  return () => drawn;
}

test("looks into a file, says what is in it, and imports it when that is wanted", async () => {
  const drawn = await imported((address) => (address.includes("dryRun") ? FOUND : { ...FOUND, realmId: "b" }));

  assert.match(dialog().textContent, /1 server, 1 document/);
  assert.match(dialog().textContent, /2 rows get other ids/);
  assert.equal(drawn(), 0);
  await click("confirm");

  assert.deepEqual(
    sent.map(({ address }) => address.replace(/^[^?]*/, "")),
    ["?dryRun=true", ""],
  );
  assert.equal(sent[1].headers["Content-Type"], "application/jsonl");
  assert.ok(sent[1].headers["Idempotency-Key"]);
  assert.equal(notice(), "Imported Lab: 1 server, 1 document.");
  assert.equal(drawn(), 1);
});

test("asks for another name where the file's is taken, and for a file where there is none", async () => {
  await imported(() => ({ ...FOUND, nameTaken: true }));
  assert.match(dialog().querySelector("#error-name").textContent, /another realm is called Lab/);

  await click("cancel");
  sent.length = 0;
  await imported(() => FOUND, null);
  assert.equal(dialog().querySelector("#error-file").textContent, "must be chosen");
  assert.deepEqual([...sent], []);
});
