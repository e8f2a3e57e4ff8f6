import { el, freshId } from "./dom.js";

/*
 * Forms described by data. A field is {name, label, type, options, help, required, ...}; its type one of those below. What is valid is
 * said by the API, at the field: the console has no rules of its own that could differ.
 */
const TYPES = {
  text: {
    control: (field) => el("input", { type: "text", autocomplete: "off", ...field.attributes }),
    read: (input) => input.value || null,
  },
  textarea: { control: () => el("textarea", { rows: "3" }), read: (input) => input.value || null },
  number: {
    control: (field) => el("input", { type: "number", step: field.step ?? "any", inputmode: "decimal" }),
    // What is no number is sent as it is, so that the API says what is wrong with it.
    read: (input) => (input.validity.badInput ? "not a number" : input.value === "" ? null : Number(input.value)),
  },
  // Left empty, a secret stays what it is: the API never tells it.
  secret: {
    control: () => el("input", { type: "password", autocomplete: "new-password" }),
    read: (input) => input.value || undefined,
  },
  checkbox: {
    control: () => el("input", { type: "checkbox" }),
    write: (input, value) => (input.checked = value === true),
    read: (input) => input.checked,
  },
  file: {
    control: (field) => el("input", { type: "file", accept: field.accept }),
    // A file can be chosen by a person only.
    write: () => {},
    read: (input) => input.files?.[0] ?? null,
  },
  instant: {
    control: () => el("input", { type: "datetime-local", step: "1" }),
    write: (input, value) => (input.value = value ? local(new Date(value)) : ""),
    read: (input) => (input.value ? utc(input.value) : null),
  },
  select: {
    control: (field) =>
      el(
        "select",
        {},
        field.options.map(([value, label]) => el("option", { value }, label)),
      ),
    // With no value it stays at its first option.
    write: (input, value) => value && (input.value = value),
    read: (input) => input.value || null,
  },
};

/** The value of a datetime-local: the browser's own time, without a zone. */
function local(date) {
  return new Date(date - date.getTimezoneOffset() * 60000).toISOString().slice(0, 19);
}

/** What is no time, such as one in a year of five digits, is sent as it is, too. */
function utc(text) {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? text : date.toISOString();
}

class Field {
  constructor(description, value) {
    this.description = description;
    this.type = TYPES[description.type ?? "text"];
    this.name = description.name;
    this.input = this.type.control(description);
    this.error = el("p", { id: `error-${this.name}`, class: "field-error" });
    this.input.addEventListener("input", () => this.refuse(""));
    this.element = this.draw();
    this.write(value);
    this.before = this.read();
  }

  draw() {
    const { label, help, required, type } = this.description;
    const id = freshId("field");
    const helpId = freshId("help");
    this.input.id = id;
    this.input.name = this.name;
    this.input.setAttribute("aria-describedby", help ? `${helpId} ${this.error.id}` : this.error.id);
    if (required) {
      this.input.setAttribute("aria-required", "true");
    }
    const caption = el(
      "label",
      { for: id },
      label,
      !required && !help && type !== "checkbox" && el("span", { class: "quiet" }, " (optional)"),
    );
    return el(
      "div",
      { class: `field ${type ?? "text"}` },
      type === "checkbox" ? [this.input, caption] : [caption, this.input],
      help && el("p", { id: helpId, class: "help" }, help),
      this.error,
    );
  }

  write(value) {
    if (this.type.write) {
      this.type.write(this.input, value);
    } else {
      this.input.value = value ?? "";
    }
  }

  read() {
    return this.type.read(this.input);
  }

  changed() {
    return this.read() !== this.before;
  }

  /** What was typed since it was sent stays. */
  saved(value, sent) {
    if (this.read() === sent) {
      this.write(value);
      this.before = this.read();
    } else {
      this.before = sent;
    }
  }

  refuse(message) {
    this.error.textContent = message;
    if (message) {
      this.input.setAttribute("aria-invalid", "true");
    } else {
      this.input.removeAttribute("aria-invalid");
    }
  }
}

/** The fields of a form, what they hold, and where the API's messages go. */
export class Fields {
  constructor(descriptions, values = {}) {
    this.fields = descriptions.map(
      (description) => new Field(description, values[description.name] ?? description.value),
    );
  }

  elements() {
    return this.fields.map((field) => field.element);
  }

  /** All that is given, for a create; null is left out, because that is what null means there. */
  all() {
    return this.collect((field) => field.read() !== null);
  }

  /** Only what was changed, for a patch. */
  changes() {
    return this.collect((field) => field.changed());
  }

  /** What the fields hold, by name. */
  read() {
    return Object.fromEntries(this.fields.map((field) => [field.name, field.read()]));
  }

  /** @param values what is so now @param sent what was read when it was sent */
  saved(values, sent) {
    this.fields.forEach((field) => field.saved(values[field.name], sent[field.name]));
  }

  collect(wanted) {
    const given = this.fields.filter((field) => wanted(field) && field.read() !== undefined);
    return Object.fromEntries(given.map((field) => [field.name, field.read()]));
  }

  /** @returns the messages that belong to no field */
  refuse(errors = []) {
    for (const field of this.fields) {
      const messages = errors.filter((error) => error.field === field.name).map((error) => error.message);
      field.refuse(messages.join("; "));
    }
    this.fields.find((field) => field.input.hasAttribute("aria-invalid"))?.input.focus();
    return errors.filter((error) => !this.fields.some((field) => field.name === error.field));
  }
}
