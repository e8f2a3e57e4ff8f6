import { button, el, fill, freshId, keepFocus } from "./dom.js";
import { downloadButton } from "./download.js";
import { number } from "./format.js";
import { icon } from "./icons.js";
import { failure, loading, nothing } from "./states.js";
import { table } from "./table.js";

const MOMENT = 300;

/** What the API searches for, in characters. */
const LONGEST = 255;

/**
 * A list with filters and pages, described by data. Filters with `matches` sift what is loaded, the others are asked of the API.
 *
 * @param name what it is called in the page: data-list
 * @param caption what a screen reader calls it
 * @param load gives {items, nextCursor} for {filters…, cursor}
 * @param filters [{name, label, type: "text" | "search" | "select", options, any, value, matches, sorts}]; any is what no option is called,
 *     and a filter that sorts leaves nothing out
 * @param acts of an item: [{act, label, run, kind}]
 * @param choice {act, label, run} of several items that are chosen; null: nothing is chosen
 * @param detail of an item, to be unfolded: as a table's
 * @param create {label, run}, or null
 * @param empty {title, hint} where there is nothing at all
 * @param download whether what is loaded can be saved as JSON
 */
export class List {
  constructor({ filters = [], acts = () => [], choice = null, create = null, download = false, ...rest }) {
    Object.assign(this, { filters, acts, choice, create, download, ...rest });
    this.items = [];
    this.chosen = new Set();
    this.cursor = null;
    this.asked = 0;
    this.loaded = false;
    this.values = Object.fromEntries(filters.map((filter) => [filter.name, filter.value ?? ""]));
    this.body = el("div", { class: "list-body", tabindex: "-1" });
    this.status = el("p", { class: "quiet list-status", role: "status" });
    this.moreButton = button("Load more", { act: "more", hidden: true }, () => this.more());
    this.element = el(
      "section",
      { class: "list", "aria-label": this.caption },
      this.toolbar(),
      this.body,
      el("div", { class: "list-foot" }, this.status, this.moreButton),
    );
  }

  /** From the first page on. @param unless asked when the answer comes: whether it comes at a bad time, and is left */
  async reload(unless = () => false) {
    if (this.items.length === 0) {
      Object.assign(this, { cursor: null, loaded: false });
      this.redraw(loading(this.caption), "", () => this.body);
    }
    await this.read(null, ({ items, nextCursor }) => {
      if (!unless()) {
        this.show(items, nextCursor);
      }
    });
    return this;
  }

  async more() {
    // What follows on a list that is being loaded anew is not known yet.
    if (this.element.hasAttribute("aria-busy")) {
      return;
    }
    await this.read(this.cursor, ({ items, nextCursor }) => {
      const held = document.activeElement === this.moreButton;
      const above = this.shown().length;
      this.show([...this.items, ...items], nextCursor);
      const first = this.body.querySelectorAll("[data-id]").item(above);
      if (held && first) {
        first.setAttribute("tabindex", "-1");
        (first.querySelector("button, a, summary") ?? first).focus({ preventScroll: true });
      }
    });
  }

  /** Asks for a page; an answer that another question has overtaken is not taken. */
  async read(cursor, take) {
    const asked = ++this.asked;
    const isNewest = () => asked === this.asked;
    this.element.setAttribute("aria-busy", "true");
    try {
      const page = await this.load({ ...this.asking(), cursor });
      if (isNewest()) {
        take(page);
      }
    } catch (problem) {
      if (isNewest()) {
        this.fail(problem);
      }
    } finally {
      if (isNewest()) {
        this.element.removeAttribute("aria-busy");
      }
    }
  }

  show(items, nextCursor = null) {
    Object.assign(this, { items, cursor: nextCursor, loaded: true });
    this.draw();
  }

  /** An item that was changed, in its place. */
  replace(changed) {
    this.items = this.items.map((item) => (item.id === changed.id ? changed : item));
    this.draw();
  }

  asking() {
    return Object.fromEntries(
      this.filters.filter((filter) => !filter.matches).map(({ name }) => [name, this.values[name]]),
    );
  }

  shown() {
    const sieves = this.filters.filter((filter) => filter.matches && this.values[filter.name]);
    return this.items.filter((item) => sieves.every((filter) => filter.matches(item, this.values[filter.name])));
  }

  draw() {
    // That it is being loaded, or could not be, is said until it has been loaded.
    if (!this.loaded) {
      return;
    }
    const items = this.shown();
    const filtered = this.filters.some((filter) => !filter.sorts && this.values[filter.name]);
    const some =
      items.length === this.items.length
        ? number(items.length)
        : `${number(items.length)} of ${number(this.items.length)} loaded`;
    const status = items.length === 0 ? "" : this.cursor ? `${some} shown; there are more.` : `${some} shown.`;
    this.redraw(
      items.length > 0 ? this.table(items) : this.none(filtered),
      status,
      () => this.element.querySelector("[data-act=create], input, select") ?? this.body,
    );
  }

  fail(problem) {
    Object.assign(this, { items: [], cursor: null, loaded: false });
    this.redraw(failure(problem, () => this.reload()), "", () => this.body.querySelector("[data-act=retry]"));
  }

  /** @param instead where the focus goes if what has it is gone */
  redraw(content, status, instead) {
    const draw = () => {
      fill(this.body, content);
      this.status.textContent = status;
      this.moreButton.hidden = !this.cursor;
    };
    keepFocus(this.element, draw, instead);
  }

  none(filtered) {
    return filtered
      ? nothing(
          "Nothing fits the filter",
          this.cursor ? "Not everything is loaded yet." : "Choose another one, or none.",
        )
      : nothing(this.empty.title, this.empty.hint);
  }

  table(items) {
    const columns = [
      this.choice && this.choiceColumn(),
      ...this.columns,
      this.items.some((item) => this.acts(item).length > 0) && this.actsColumn(),
    ].filter(Boolean);
    const shown = table({ name: this.name, caption: this.caption, columns, items, id: this.id, detail: this.detail });
    return this.choice ? [this.choiceBar(items), shown] : shown;
  }

  choiceColumn() {
    return {
      label: "Choose",
      kind: "choice",
      cell: (item) => {
        const box = el("input", { type: "checkbox", "data-act": "choose", "aria-label": `Choose ${this.called(item)}` });
        box.checked = this.chosen.has(item.id);
        box.addEventListener("change", () => this.choose([item], box.checked));
        return box;
      },
    };
  }

  /** Who is chosen stays so while more is loaded, and as long as it is there. */
  choiceBar(items) {
    this.chosen = new Set(this.items.map(({ id }) => id).filter((id) => this.chosen.has(id)));
    const id = freshId("all");
    const all = el("input", { type: "checkbox", id, "data-act": "choose-all" });
    const count = el("span", { role: "status" });
    const act = button(this.choice.label, { act: this.choice.act, kind: "small" }, () =>
      this.choice.run(this.items.filter((item) => this.chosen.has(item.id))),
    );
    all.addEventListener("change", () => {
      this.choose(items, all.checked);
      this.body.querySelectorAll("[data-act=choose]").forEach((box) => (box.checked = all.checked));
    });
    this.countChosen = () => {
      all.checked = items.every((item) => this.chosen.has(item.id));
      count.textContent = `${number(this.chosen.size)} chosen`;
      act.disabled = this.chosen.size === 0;
    };
    this.countChosen();
    return el("div", { class: "choice-bar" }, all, el("label", { for: id }, "All shown"), count, act);
  }

  choose(items, isChosen) {
    items.forEach(({ id }) => (isChosen ? this.chosen.add(id) : this.chosen.delete(id)));
    this.countChosen();
  }

  actsColumn() {
    return {
      label: "Actions",
      kind: "acts",
      cell: (item) =>
        this.acts(item).map(({ act, label, run, kind = "" }) =>
          button(
            label,
            { act, kind: `small ${kind}`, "aria-label": this.called ? `${label} ${this.called(item)}` : null },
            () => run(item),
          ),
        ),
    };
  }

  toolbar() {
    const tools = [
      ...this.filters.map((filter) => this.filterControl(filter)),
      this.download && downloadButton(this.name, () => this.items),
      this.create &&
        button(this.create.label, { act: "create", kind: "primary", icon: icon("plus") }, () => this.create.run()),
    ].filter(Boolean);
    return tools.length > 0 && el("div", { class: "toolbar" }, tools);
  }

  filterControl(filter) {
    const id = freshId("filter");
    const control =
      filter.type === "select"
        ? el(
            "select",
            { id, "data-filter": filter.name },
            el("option", { value: "" }, filter.any ?? "Any"),
            filter.options.map(([value, label]) => el("option", { value }, label)),
          )
        : el("input", {
            id,
            type: "search",
            "data-filter": filter.name,
            autocomplete: "off",
            placeholder: filter.placeholder,
            maxlength: filter.type === "search" ? LONGEST : null,
            enterkeyhint: "search",
          });
    control.value = this.values[filter.name];
    if (filter.type === "search") {
      whenTyped(control, (value) => this.filter(filter, value));
    } else {
      // The API is asked when the text is complete, what is loaded is sifted with every letter.
      control.addEventListener(filter.type === "select" || !filter.matches ? "change" : "input", () =>
        this.filter(filter, control.value.trim()),
      );
    }
    return el("div", { class: "filter" }, el("label", { for: id }, filter.label), control);
  }

  filter(filter, value) {
    this.values[filter.name] = value;
    this.whenFiltered?.(this.asking());
    if (filter.matches) {
      this.draw();
    } else {
      this.reload();
    }
  }
}

/** Acts on what is in the control when nobody has typed for a moment, or at once when the text is complete. */
export function whenTyped(control, act) {
  let last = control.value.trim();
  let waiting = null;
  const look = () => {
    clearTimeout(waiting);
    const value = control.value.trim();
    if (value !== last) {
      last = value;
      act(value);
    }
  };
  control.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, MOMENT);
  });
  control.addEventListener("change", look);
}

/** Sifts by any of some texts of an item. */
export function textFilter(label, texts) {
  return {
    name: "text",
    label,
    type: "text",
    matches: (item, wanted) =>
      texts(item).some((text) =>
        String(text ?? "")
          .toLowerCase()
          .includes(wanted.toLowerCase()),
      ),
  };
}
