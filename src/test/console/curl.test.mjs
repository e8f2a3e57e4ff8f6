import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { beforeEach, test } from "node:test";
import { clipboard, freshPage, selections, settle, texts } from "./dom.mjs";
import { command, copyButton, curl, curlDetails } from "../../main/webapp/console/lib/curl.js";
import * as session from "../../main/webapp/console/lib/session.js";

beforeEach(freshPage);

const TOKEN = '-H "Authorization: Bearer $TOKEN"';
const API = "https://realms.example/api";

test("asks without naming the method, and never names the token", () => {
  session.begin("secret");

  assert.equal(curl({ path: "/users?name=a%20b" }), `curl ${TOKEN} '${API}/users?name=a%20b'`);
});

test("names the method only where curl would not choose it", () => {
  assert.equal(
    curl({ method: "POST", path: "/users", body: { name: "A" } }),
    `curl ${TOKEN} -H 'Content-Type: application/json' -d '{"name":"A"}' '${API}/users'`,
  );
  assert.equal(curl({ method: "POST", path: "/start" }), `curl -X POST ${TOKEN} '${API}/start'`);
  assert.equal(curl({ method: "DELETE", path: "/users/7" }), `curl -X DELETE ${TOKEN} '${API}/users/7'`);
  assert.match(curl({ method: "PATCH", path: "/users/7", body: {} }), /^curl -X PATCH .* -d '{}' /);
});

test("sends the headers that the console sends", () => {
  const text = curl({ path: "/e", accept: "text/event-stream", etag: '"3"', key: "k", lastEventId: "9" });

  assert.equal(
    text,
    `curl ${TOKEN} -H 'Accept: text/event-stream' -H 'If-Match: "3"' -H 'Idempotency-Key: k' -H 'Last-Event-ID: 9' '${API}/e'`,
  );
});

test("writes nothing that a shell would take for its own", () => {
  const evil = "it's $(id) `id` \"$HOME\" \\ \n ; & | ''";
  const text = curl({ method: "POST", path: "/users", body: { name: evil } });

  const words = execFileSync("sh", ["-c", `curl() { printf '%s\\0' "$@"; }\n${text}`], { env: { TOKEN: "t" } })
    .toString()
    .split("\0");

  assert.deepEqual(words, [
    "-H",
    "Authorization: Bearer t",
    "-H",
    "Content-Type: application/json",
    "-d",
    JSON.stringify({ name: evil }),
    `${API}/users`,
    "",
  ]);
});

test("copies a command with its button, and says so", async () => {
  const drawn = command("Save", "curl x");
  document.body.append(drawn);
  const copy = drawn.querySelector("[data-act=copy]");

  assert.equal(drawn.querySelector("code").getAttribute("aria-label"), "Save as a curl command");
  assert.equal(copy.getAttribute("aria-label"), "Copy Save");
  copy.click();
  await settle();

  assert.equal(clipboard.text, "curl x");
  assert.equal(document.getElementById("notice").textContent, "Copied.");
});

test("copies what stands there when it is copied", async () => {
  const source = document.createElement("code");
  source.append("old");
  const copy = copyButton(source, "Copy", "it", "copy-token");

  source.textContent = "new";
  copy.click();
  await settle();

  assert.equal(clipboard.text, "new");
  assert.equal(copy.dataset.act, "copy-token");
});

test("selects the text where it may not be written into the clipboard", async () => {
  const { firstElementChild: code, lastElementChild: copy } = command("Save", "curl x");
  clipboard.refuses = true;

  copy.click();
  await settle();

  assert.equal(document.selected, code);
  assert.equal(selections(), 1);
  assert.match(document.getElementById("notice").textContent, /^It can't be copied from here\./);
});

test("copies the old way where there is no clipboard", async () => {
  const { firstElementChild: code, lastElementChild: copy } = command("Save", "curl x");
  globalThis.navigator = {};

  copy.click();
  await settle();

  assert.deepEqual(document.copied, [["copy", code]]);
  assert.equal(document.getElementById("notice").textContent, "Copied.");
});

function unfold(details, open = true) {
  details.open = open;
  details.dispatch("toggle", { bubbles: false });
}

const commands = (details) => texts(details, "code");

test("shows the commands of a page once they are unfolded", () => {
  const details = curlDetails({ "See it": { path: "/a" }, "As a stream": { path: "/b" } }, "here");

  assert.equal(details.id, "here");
  assert.deepEqual(commands(details), []);
  unfold(details);
  assert.deepEqual(commands(details), [curl({ path: "/a" }), curl({ path: "/b" })]);
  assert.deepEqual(texts(details, ".command-name"), ["See it", "As a stream"]);
});

test("does not name a command that is the only one", () => {
  const details = curlDetails({ "See it": { path: "/a" } });

  unfold(details);

  assert.equal(details.querySelector(".command-name"), null);
  assert.equal(details.querySelector("code").dataset.curl, "See it");
});

test("asks a function anew each time it is unfolded or drawn again, and never while it is folded", () => {
  let asked = 0;
  const details = curlDetails(() => ({ Save: { path: `/${++asked}` } }));

  details.redraw();
  assert.equal(asked, 0);
  unfold(details);
  details.redraw();
  assert.deepEqual(commands(details), [curl({ path: "/2" })]);
  unfold(details, false);
  details.redraw();
  assert.equal(asked, 2);
});
