import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { freshPage } from "./dom.mjs";
import { Fields } from "../../main/webapp/console/lib/fields.js";

beforeEach(freshPage);

function one(description, value) {
  const fields = new Fields([{ name: "it", label: "It", ...description }], { it: value });
  document.body.append(...fields.elements());
  const [{ input }] = fields.fields;
  return { fields, input, element: fields.elements()[0], write: (text) => (input.value = text) };
}

test("reads a text as it was written, and an empty one as null", () => {
  for (const type of [undefined, "text", "textarea"]) {
    const { fields, write } = one({ type });

    assert.deepEqual(fields.all(), {});
    write(" a ");
    assert.deepEqual(fields.all(), { it: " a " });
    assert.deepEqual(fields.changes(), { it: " a " });
  }
});

test("patches a text that was emptied with null", () => {
  const { fields, write } = one({ type: "text" }, "old");

  write("");

  assert.deepEqual(fields.changes(), { it: null });
  assert.deepEqual(fields.all(), {});
});

test("reads a number as a number, and zero is one", () => {
  const { fields, write } = one({ type: "number" }, 5);

  assert.deepEqual(fields.changes(), {});
  write("5.0");
  assert.deepEqual(fields.changes(), {});
  write("0");
  assert.deepEqual(fields.changes(), { it: 0 });
  assert.deepEqual(fields.all(), { it: 0 });
  write("");
  assert.deepEqual(fields.changes(), { it: null });
});

test("shows a zero that there is, and does not send it back as a change", () => {
  const { fields, input } = one({ type: "number" }, 0);

  assert.equal(input.value, "0");
  assert.deepEqual(fields.changes(), {});
});

test("sends what is no number as such, so that the API says what is wrong with it", () => {
  const { fields, input } = one({ type: "number" }, 5);

  input.value = "";
  input.validity.badInput = true;

  assert.deepEqual(fields.changes(), { it: "not a number" });
});

test("leaves a secret out as long as nothing is typed into it", () => {
  const { fields, input, write } = one({ type: "secret" });

  assert.equal(input.getAttribute("type"), "password");
  assert.deepEqual(fields.all(), {});
  assert.deepEqual(fields.changes(), {});
  write("hunter2");
  assert.deepEqual(fields.changes(), { it: "hunter2" });
});

test("takes no secret away by emptying its field", () => {
  const { fields, write } = one({ type: "secret" }, "old");

  write("");

  assert.deepEqual(fields.changes(), {});
});

test("reads a checkbox as true or false and never as nothing", () => {
  const { fields, input } = one({ type: "checkbox" }, true);

  assert.equal(input.checked, true);
  input.checked = false;
  assert.deepEqual(fields.changes(), { it: false });
  assert.deepEqual(fields.all(), { it: false });
});

test("ticks a checkbox for true alone", () => {
  for (const value of [undefined, null, "true", 1]) {
    assert.equal(one({ type: "checkbox" }, value).input.checked, false);
  }
});

test("shows an instant in the time of the browser and reads it as UTC", (t) => {
  t.after(() => (process.env.TZ = "UTC"));
  for (const [zone, shown, read] of [
    ["UTC", "2026-07-01T10:00:00", "2026-07-01T12:30:00.000Z"],
    ["America/New_York", "2026-07-01T06:00:00", "2026-07-01T16:30:00.000Z"],
    ["Asia/Kolkata", "2026-07-01T15:30:00", "2026-07-01T07:00:00.000Z"],
  ]) {
    process.env.TZ = zone;
    const { fields, input, write } = one({ type: "instant" }, "2026-07-01T10:00:00.123Z");

    assert.equal(input.value, shown, zone);
    assert.deepEqual(fields.changes(), {}, zone);
    write("2026-07-01T12:30:00");
    assert.deepEqual(fields.changes(), { it: read }, zone);
  }
});

test("reads an instant that was taken away as null", () => {
  const { fields, write } = one({ type: "instant" }, "2026-07-01T10:00:00Z");

  write("");

  assert.deepEqual(fields.changes(), { it: null });
  assert.equal(one({ type: "instant" }, null).input.value, "");
});

test("stays at the first option of a choice where there is no value", () => {
  const options = [
    ["MEMBER", "Member"],
    ["ADMIN", "Admin"],
  ];
  const { fields, element } = one({ type: "select", options });

  assert.deepEqual(fields.all(), { it: "MEMBER" });
  assert.deepEqual(fields.changes(), {});
  assert.equal(element.querySelectorAll("option")[1].textContent, "Admin");
  assert.deepEqual(one({ type: "select", options }, "ADMIN").fields.all(), { it: "ADMIN" });
});

test("reads an option without a value as null", () => {
  const { fields, write } = one(
    {
      type: "select",
      options: [
        ["", "None"],
        ["a", "A"],
      ],
    },
    "a",
  );

  write("");

  assert.deepEqual(fields.changes(), { it: null });
});

test("takes what a field is described with where there is no value", () => {
  assert.deepEqual(one({ value: "usual" }).fields.all(), { it: "usual" });
  assert.deepEqual(one({ value: "usual" }, "given").fields.all(), { it: "given" });
  assert.deepEqual(new Fields([{ name: "it", value: "usual" }]).all(), { it: "usual" });
});

test("ties what is said about a field to it", () => {
  const { input, element } = one({ help: "What it is called.", required: true });

  assert.equal(element.querySelector("label").getAttribute("for"), input.id);
  const told = input
    .getAttribute("aria-describedby")
    .split(" ")
    .map((id) => document.getElementById(id));
  assert.deepEqual(
    told.map((place) => place.getAttribute("class")),
    ["help", "field-error"],
  );
  assert.equal(told[0].textContent, "What it is called.");
  assert.equal(input.getAttribute("aria-required"), "true");
});

test("says of a field that may be left empty that it may, where no help says so", () => {
  const label = (description) => one(description).element.querySelector("label").textContent;

  assert.equal(label({}), "It (optional)");
  assert.equal(label({ required: true }), "It");
  assert.equal(label({ help: "Nobody has to." }), "It");
  assert.equal(label({ type: "checkbox" }), "It");
});

test("puts the box before its words and every other field after its", () => {
  const order = (type) => [...one({ type }).element.children].map((child) => child.localName);

  assert.deepEqual(order("checkbox"), ["input", "label", "p"]);
  assert.deepEqual(order("text"), ["label", "input", "p"]);
});

test("lets a description say more about an input", () => {
  const { input } = one({ attributes: { type: "email", maxlength: 9 } });

  assert.equal(input.getAttribute("type"), "email");
  assert.equal(input.getAttribute("maxlength"), "9");
  assert.equal(one({ type: "number", step: 1 }).input.getAttribute("step"), "1");
  assert.equal(one({ type: "number" }).input.getAttribute("step"), "any");
});

test("says what is wrong at the fields that are named, goes to the first of them, and gives back the rest", () => {
  const fields = new Fields([{ name: "a" }, { name: "b" }, { name: "c" }]);
  document.body.append(...fields.elements());
  const rest = { field: "elsewhere", message: "is odd" };

  const others = fields.refuse([{ field: "c", message: "is long" }, { field: "b", message: "is short" }, rest]);

  assert.deepEqual(others, [rest]);
  assert.deepEqual(
    fields.fields.map((field) => [field.error.textContent, field.input.getAttribute("aria-invalid")]),
    [
      ["", null],
      ["is short", "true"],
      ["is long", "true"],
    ],
  );
  assert.equal(document.activeElement, fields.fields[1].input);
});

test("says everything that is wrong at a field", () => {
  const fields = new Fields([{ name: "a" }]);
  const errors = [
    { field: "a", message: "is long" },
    { field: "a", message: "is odd" },
  ];

  assert.deepEqual(fields.refuse(errors), []);

  assert.equal(fields.fields[0].error.textContent, "is long; is odd");
});

test("sends a time as it is that is none, so that the API says so", () => {
  const { fields, input } = one({ type: "instant" });

  input.value = "12345-01-01T00:00:00";

  assert.deepEqual(fields.all(), { it: "12345-01-01T00:00:00" });
});

test("goes on from what was saved, and leaves what was typed meanwhile", () => {
  const fields = new Fields([{ name: "a" }, { name: "b" }], { a: "1", b: "2" });
  const [a, b] = fields.fields.map((field) => field.input);
  a.value = " 3";
  b.value = "4";
  const sent = fields.read();
  assert.deepEqual(sent, { a: " 3", b: "4" });
  b.value = "2";

  fields.saved({ a: "3", b: "4" }, sent);

  assert.equal(a.value, "3");
  assert.equal(b.value, "2");
  assert.deepEqual(fields.changes(), { b: "2" });
});

test("takes back what was wrong once it is refused for nothing, or typed into", () => {
  const fields = new Fields([{ name: "a" }, { name: "b" }]);
  document.body.append(...fields.elements());
  const wrong = () => fields.fields.map((field) => field.error.textContent);
  fields.refuse([
    { field: "a", message: "is long" },
    { field: "b", message: "is short" },
  ]);

  fields.fields[0].input.dispatch("input");
  assert.deepEqual(wrong(), ["", "is short"]);
  assert.equal(fields.fields[0].input.hasAttribute("aria-invalid"), false);

  assert.deepEqual(fields.refuse(), []);
  assert.deepEqual(wrong(), ["", ""]);
});
