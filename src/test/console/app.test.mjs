import assert from "node:assert/strict";
import { test } from "node:test";
import { answerAll, freshPage, json, later, settle } from "./dom.mjs";
import { el } from "../../main/webapp/console/lib/dom.js";
import * as session from "../../main/webapp/console/lib/session.js";

test("shows nothing of whoever has signed out while they were let in", async () => {
  freshPage();
  document.body.append(el("a", { id: "skip" }), el("header", { id: "frame-header" }), el("main", { id: "main" }));
  session.begin("secret");
  const slow = later();
  const answers = {
    "/api/me": { id: "1", name: "Ada", role: "USER" },
    "/api/sign-in": { localIssuer: true, oidc: null },
    "/api/realms?limit=200": { items: [{ id: "a", name: "Ada's own", isActive: true }] },
    "/api/realms/current": { id: "a" },
  };
  answerAll(({ address }) => (address === "/api/me/settings" ? slow.promise : json(answers[address])));
  await import("../../main/webapp/console/app.js");
  const { realms } = await import("../../main/webapp/console/realms/current.js");
  await settle();

  document.getElementById("sign-out").click();
  await settle();
  slow.resolve(json({ theme: "DARK" }));
  await settle();

  assert.equal(document.documentElement.dataset.theme, "system");
  assert.deepEqual(realms.items, []);
  assert.ok(document.getElementById("token"));
});
