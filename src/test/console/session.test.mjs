import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { freshPage } from "./dom.mjs";
import * as session from "../../main/webapp/console/lib/session.js";

beforeEach(() => {
  freshPage();
  session.end();
});

test("keeps the token in the storage of the tab, and forgets it with whom it belongs to", () => {
  assert.equal(session.token(), null);
  session.begin("secret");
  session.isMe({ id: "1", role: "ADMIN" });
  assert.equal(session.token(), "secret");
  assert.equal(sessionStorage.getItem("realms.token"), "secret");

  session.end();

  assert.equal(session.token(), null);
  assert.equal(session.me(), null);
  assert.equal(session.isAdmin(), false);
});

test("takes the code out of the address, so that it does not stay there, and signs nobody in with it", () => {
  location.at("/console/?lang=en#code=ab%2Bc");

  assert.equal(session.takeCodeFromAddress(), "ab+c");
  assert.equal(location.href, "https://realms.example/console/");
  assert.equal(session.token(), null);
});

test("leaves any other address alone", () => {
  for (const hash of ["", "#/realms", "#/realms?code=theirs", "#codes=theirs", "#token=theirs"]) {
    location.at(`/console/${hash}`);

    assert.equal(session.takeCodeFromAddress(), null, hash);
    assert.equal(location.hash, hash);
  }
  assert.equal(session.token(), null);
});

test("does not take an empty code for one", () => {
  location.at("/console/#code=");

  assert.equal(session.takeCodeFromAddress(), null);
});

test("lets everybody write who is known and no viewer, and only administrators administrate", () => {
  assert.deepEqual([session.isAdmin(), session.mayWrite()], [false, false]);
  session.isMe({ role: "VIEWER" });
  assert.deepEqual([session.isAdmin(), session.mayWrite()], [false, false]);
  session.isMe({ role: "MEMBER" });
  assert.deepEqual([session.isAdmin(), session.mayWrite()], [false, true]);
  session.isMe({ role: "ADMIN" });
  assert.deepEqual([session.isAdmin(), session.mayWrite()], [true, true]);
});
