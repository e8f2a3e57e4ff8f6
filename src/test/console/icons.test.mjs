import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { freshPage } from "./dom.mjs";
import { icon } from "../../main/webapp/console/lib/icons.js";

beforeEach(freshPage);

test("draws what only adorns, and hides it from those who are read to", () => {
  const drawn = icon("check");

  assert.equal(drawn.getAttribute("class"), "icon icon-check");
  assert.equal(drawn.getAttribute("aria-hidden"), "true");
  assert.equal(drawn.getAttribute("focusable"), "false");
  assert.match(drawn.querySelector("path").getAttribute("d"), /^M/);
  assert.equal(drawn.textContent, "");
});
