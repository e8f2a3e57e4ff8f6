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

test("takes a token out of the address, so that it does not stay there", () => {
  location.at("/console/?lang=en#token=ab%2Bc");

  assert.equal(session.takeTokenFromAddress(), true);
  assert.equal(session.token(), "ab+c");
  assert.equal(location.href, "https://realms.example/console/");
});

test("leaves any other address, and the token that there is, alone", () => {
  session.begin("mine");
  for (const hash of ["", "#/realms", "#/realms?token=theirs", "#tokens=theirs"]) {
    location.at(`/console/${hash}`);

    assert.equal(session.takeTokenFromAddress(), false, hash);
    assert.equal(location.hash, hash);
  }
  assert.equal(session.token(), "mine");
});

test("does not take an empty token for one", () => {
  session.begin("mine");
  location.at("/console/#token=");

  session.takeTokenFromAddress();

  assert.equal(session.token(), "mine");
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
