import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { clock, freshPage } from "./dom.mjs";
import { Problem } from "../../main/webapp/console/lib/api.js";
import { guard } from "../../main/webapp/console/lib/guard.js";

beforeEach(freshPage);

const taken = new Problem({ code: "conflict", detail: "It is taken." });
const refuse = (problem) => async () => {
  throw problem;
};

test("says why an act was refused, where it can be seen", async () => {
  const { place, run } = guard({ id: "here" });

  await run(refuse(taken));

  assert.equal(place.id, "here");
  assert.equal(place.textContent, "It is taken.");
  assert.equal(place.firstElementChild.dataset.problem, "conflict");
  assert.deepEqual(place.scrolled, { block: "nearest" });
});

test("takes back what it said before the next act", async () => {
  const { place, run } = guard();
  await run(refuse(taken));
  let shown = null;

  await run(async () => (shown = place.textContent));

  assert.equal(shown, "");
  assert.equal(place.textContent, "");
});

test("bears an act that fails before it promises anything", async () => {
  const { place, run } = guard();

  await run(() => {
    throw new Error("Broken.");
  });

  assert.equal(place.textContent, "Broken.");
});

test("tries again what can be tried again once the server is back", async () => {
  let tries = 0;
  const { place, run } = guard({
    again: async () => {
      tries++;
      if (tries === 1) {
        throw Problem.gone();
      }
    },
  });
  document.body.append(place);

  await run(refuse(Problem.gone()));
  assert.equal(place.firstElementChild.dataset.state, "server-gone");
  await clock.pass(3000);
  assert.equal(tries, 1);
  assert.equal(place.firstElementChild.dataset.state, "server-gone");
  await clock.pass(3000);
  assert.equal(tries, 2);
  assert.equal(place.textContent, "");
});

test("tries nothing again that it was not told to, and nothing that was refused", async () => {
  const bare = guard();
  const other = guard({ again: () => assert.fail("was tried again") });

  await bare.run(refuse(Problem.gone()));
  await other.run(refuse(taken));
  await clock.pass(60_000);

  assert.equal(bare.place.querySelector("[data-act=retry]"), null);
  assert.equal(bare.place.firstElementChild.getAttribute("class"), "refusal");
  assert.equal(other.place.querySelector("[data-act=retry]"), null);
});
