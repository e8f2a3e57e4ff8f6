import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { all, clock, freshPage, settle } from "./dom.mjs";
import { Problem } from "../../main/webapp/console/lib/api.js";
import * as session from "../../main/webapp/console/lib/session.js";
import { el, fill } from "../../main/webapp/console/lib/dom.js";
import { failure, loading, nothing, refusal } from "../../main/webapp/console/lib/states.js";

beforeEach(() => {
  freshPage();
  session.end();
});

const text = (element, css) => element.querySelector(css)?.textContent;

test("says what is being loaded to those who can't see that it is", () => {
  const drawn = loading("Users");

  assert.equal(drawn.dataset.state, "loading");
  assert.equal(text(drawn, ".visually-hidden"), "Users…");
  assert.equal(text(loading(), ".visually-hidden"), "Loading…");
  assert.ok(all(drawn, ".skeleton").every((line) => line.getAttribute("aria-hidden") === "true"));
});

test("says that there is nothing, with a hint and what may be done about it where there is such", () => {
  const drawn = nothing("No users", "Make one.", null, "go");

  assert.equal(drawn.dataset.state, "empty");
  assert.equal(text(drawn, "h2"), "No users");
  assert.equal(text(drawn, "p"), "Make one.");
  assert.equal(text(drawn, ".actions"), "go");
  assert.equal(nothing("No users").querySelector("p"), null);
});

test("has a title for the problems that it knows", () => {
  const drawn = failure(new Problem({ status: 403, code: "forbidden", detail: "Only administrators see this." }));

  assert.equal(drawn.dataset.state, "forbidden");
  assert.equal(drawn.dataset.problem, "forbidden");
  assert.equal(drawn.getAttribute("role"), "alert");
  assert.equal(text(drawn, "h2"), "This is not for your role");
  assert.equal(text(drawn, "p"), "Only administrators see this.");
  assert.ok(drawn.querySelector(".icon-lock"));
});

test("shows a realm that is not there like anything that is not there, and keeps its code", () => {
  const drawn = failure(new Problem({ status: 404, code: "realm-not-found", detail: "No realm." }));

  assert.equal(drawn.dataset.state, "not-found");
  assert.equal(drawn.dataset.problem, "realm-not-found");
  assert.equal(text(drawn, "h2"), "There is no such realm");
});

test("shows what it does not know as an error", () => {
  for (const problem of [new Problem({ code: "teapot", detail: "Short and stout." }), new Error("Short and stout.")]) {
    const drawn = failure(problem, () => {});

    assert.equal(drawn.dataset.state, "error");
    assert.equal(drawn.dataset.problem, problem.code ?? "error");
    assert.equal(text(drawn, "h2"), "Something went wrong");
    assert.equal(text(drawn, "p"), "Short and stout.");
    assert.equal(drawn.querySelectorAll("p").length, 1);
    assert.ok(drawn.querySelector(".icon-warning"));
  }
});

test("tries again when it is told to, and offers it only where that can be done", () => {
  let tries = 0;
  const problem = new Error("No.");

  failure(problem, () => tries++)
    .querySelector("[data-act=retry]")
    .click();

  assert.equal(tries, 1);
  assert.equal(failure(problem).querySelector("[data-act=retry]"), null);
});

test("shows the way to the migration to administrators and to nobody else", () => {
  const problem = new Problem({ status: 503, code: "migration-in-progress", detail: "Wait." });
  const links = () => all(failure(problem), "a").map((link) => link.getAttribute("href"));

  assert.deepEqual(links(), []);
  session.isMe({ role: "MEMBER" });
  assert.deepEqual(links(), []);
  session.isMe({ role: "ADMIN" });
  assert.deepEqual(links(), ["#/migration"]);
});

test("counts down, and then tries again once", async () => {
  let tries = 0;
  const drawn = failure(Problem.gone(), () => tries++);
  document.body.append(drawn);
  const line = drawn.lastElementChild;

  assert.equal(line.textContent, "Tries again in 3 seconds.");
  await clock.pass(2000);
  assert.equal(line.textContent, "Tries again in 1 second.");
  assert.equal(tries, 0);
  await clock.pass(1000);
  assert.equal(tries, 1);
  await clock.pass(60_000);
  assert.equal(tries, 1);
});

test("does not go on counting down once it was tried again by hand", async () => {
  let tries = 0;
  const drawn = failure(Problem.gone(), () => tries++);
  document.body.append(drawn);

  drawn.querySelector("[data-act=retry]").click();
  assert.equal(drawn.textContent.includes("Tries again"), false);
  await clock.pass(60_000);

  assert.equal(tries, 1);
  assert.equal(clock.waiting, 0);
});

test("leaves whoever tries again by hand where they are, whatever is shown then", async () => {
  const place = el("div");
  const input = el("input");
  document.body.append(place, input);
  const retry = (again) => {
    fill(place, failure(new Error("No."), again));
    place.querySelector("[data-act=retry]").focus();
    place.querySelector("[data-act=retry]").click();
    return settle();
  };

  await retry(async () => fill(place, "Here it is."));
  assert.equal(document.activeElement, place);
  await retry(async () => {
    fill(place, input);
    input.focus();
  });
  assert.equal(document.activeElement, input);
});

test("waits as long as the server says", async () => {
  let tries = 0;
  const drawn = failure(new Problem({ code: "unavailable", detail: "Wait.", retryAfter: 30 }), () => tries++);
  document.body.append(drawn);

  assert.equal(drawn.lastElementChild.textContent, "Tries again in 30 seconds.");
  await clock.pass(29_000);
  assert.equal(tries, 0);
  await clock.pass(1000);
  assert.equal(tries, 1);
});

test("tries nothing again once it is no longer shown", async () => {
  let tries = 0;
  const drawn = failure(Problem.gone(), () => tries++);
  document.body.append(drawn);
  await clock.pass(1000);

  drawn.remove();
  await clock.pass(60_000);

  assert.equal(tries, 0);
  assert.equal(clock.waiting, 0);
});

test("does not count down where nothing can be tried, or waiting does not help", () => {
  failure(Problem.gone());
  failure(new Problem({ code: "forbidden", detail: "No." }), () => {});

  assert.equal(clock.waiting, 0);
});

test("says in one sentence why an act was refused", () => {
  const drawn = refusal(new Problem({ code: "conflict", detail: "Its name is <taken>." }));

  assert.equal(drawn.textContent, "Its name is <taken>.");
  assert.equal(drawn.getAttribute("role"), "alert");
  assert.equal(drawn.dataset.problem, "conflict");
  assert.equal(refusal(new Error("No.")).dataset.problem, "error");
});
