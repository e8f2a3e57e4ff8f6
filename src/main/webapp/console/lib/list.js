import { button, el, fill, freshId, keepFocus } from "./dom.js";
import { downloadButton } from "./download.js";
import { number } from "./format.js";
import { icon } from "./icons.js";
import { failure, loading, nothing } from "./states.js";
import { table } from "./table.js";

/**
 * A list with filters and pages, described by data. Filters with `matches` sift what is loaded, the others are asked of the API.
 *
 * @param name what it is called in the page: data-list
 * @param caption what a screen reader calls it
 * @param load gives {items, nextCursor} for {filters…, cursor}
 * @param filters [{name, label, type: "text" | "select", options, value, matches}]
 * @param acts of an item: [{act, label, run, kind}]
 * @param detail of an item, to be unfolded: as a table's
 * @param create {label, run}, or null
 * @param empty {title, hint} where there is nothing at all
 * @param download whether what is loaded can be saved as JSON
 */
export class List {
  constructor({ filters = [], acts = () => [], create = null, download = false, ...rest }) {
    Object.assign(this, { filters, acts, create, download, ...rest });
    this.items = [];
    this.cursor = null;
    this.asked = 0;
    this.values = Object.fromEntries(filters.map((filter) => [filter.name, filter.value ?? ""]));
    this.body = el("div", { class: "list-body" });
    this.status = el("p", { class: "quiet list-status", role: "status" });
    this.element = el(
      "section",
      { class: "list", "aria-label": this.caption },
      this.toolbar(),
      this.body,
      el("div", { class: "list-foot" }, this.status),
    );
  }

  /** From the first page on. */
  async reload() {
    const asked = ++this.asked;
    if (this.items.length === 0) {
      fill(this.body, loading(this.caption));
    }
    this.element.setAttribute("aria-busy", "true");
    try {
      const page = await this.load({ ...this.asking(), cursor: null });
      if (asked === this.asked) {
        this.items = page.items;
        this.cursor = page.nextCursor ?? null;
        this.draw();
      }
    } catch (problem) {
      if (asked === this.asked) {
        this.items = [];
        this.fail(problem, () => this.reload());
      }
    } finally {
      this.element.removeAttribute("aria-busy");
    }
    return this;
  }

  async more() {
    try {
      const first = this.items.length;
      const page = await this.load({ ...this.asking(), cursor: this.cursor });
      this.items = [...this.items, ...page.items];
      this.cursor = page.nextCursor ?? null;
      this.draw();
      const news = this.body.querySelectorAll("tbody tr").item(first);
      news?.querySelector("button, a, summary")?.focus({ preventScroll: true });
    } catch (problem) {
      this.fail(problem, () => this.reload());
    }
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
    const items = this.shown();
    const filtered = Object.values(this.values).some(Boolean);
    const redraw = () => fill(this.body, items.length > 0 ? this.table(items) : this.none(filtered));
    keepFocus(this.body, redraw, () => this.element.querySelector("[data-act=create], input, select"));
    const some =
      items.length === this.items.length
        ? number(items.length)
        : `${number(items.length)} of ${number(this.items.length)} loaded`;
    this.status.textContent =
      items.length === 0 ? "" : this.cursor ? `${some} shown; there are more.` : `${some} shown.`;
    this.foot().replaceChildren(
      this.status,
      ...(this.cursor ? [button("Load more", { act: "more" }, () => this.more())] : []),
    );
  }

  foot() {
    return this.element.lastElementChild;
  }

  fail(problem, again) {
    fill(this.body, failure(problem, again));
    this.foot().replaceChildren(this.status);
    this.status.textContent = "";
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
    const columns = this.items.some((item) => this.acts(item).length > 0)
      ? [...this.columns, this.actsColumn()]
      : this.columns;
    return table({ name: this.name, caption: this.caption, columns, items, id: this.id, detail: this.detail });
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
            el("option", { value: "" }, "Any"),
            filter.options.map(([value, label]) => el("option", { value }, label)),
          )
        : el("input", {
            id,
            type: "search",
            "data-filter": filter.name,
            autocomplete: "off",
            placeholder: filter.placeholder,
          });
    control.value = this.values[filter.name];
    // The API is asked when the text is complete, what is loaded is sifted with every letter.
    control.addEventListener(filter.type === "select" || !filter.matches ? "change" : "input", () =>
      this.filter(filter, control.value.trim()),
    );
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
