import { el, freshId } from "./dom.js";

/**
 * A table that becomes cards on a narrow screen. The roles say what the layout then no longer says.
 *
 * @param columns [{label, cell, kind}]: cell gives text or elements of an item; kind `number`, `acts` or `choice` aligns them
 * @param detail {label, draw} of an item: what is unfolded below its row, over all columns, by a button in its first cell
 */
export function table({ name, caption, columns, items, id = (item) => item.id, detail = null }) {
  const rows = el(
    "tbody",
    { role: "rowgroup" },
    items.map((item) => (detail ? unfoldable(columns, item, id, detail) : row(columns, item, id))),
  );
  return el(
    "table",
    { "data-list": name, class: "table", role: "table" },
    el("caption", { class: "visually-hidden" }, caption),
    el(
      "thead",
      { role: "rowgroup" },
      el(
        "tr",
        { role: "row" },
        columns.map((column) =>
          el(
            "th",
            { scope: "col", role: "columnheader", class: column.kind },
            HIDDEN.includes(column.kind) ? el("span", { class: "visually-hidden" }, column.label) : column.label,
          ),
        ),
      ),
    ),
    rows,
  );
}

/** Kinds of columns whose head only screen readers need. */
const HIDDEN = ["acts", "choice"];

function row(columns, item, id) {
  const head = columns.findIndex(({ kind }) => kind !== "choice");
  return el(
    "tr",
    { role: "row", "data-id": id(item) },
    columns.map((column, i) =>
      el(
        "td",
        { role: i === head ? "rowheader" : "cell", class: column.kind, "data-label": column.label },
        column.cell(item),
      ),
    ),
  );
}

function unfoldable(columns, item, id, { label, draw }) {
  const below = freshId("detail");
  const cell = el("td", { role: "cell", colspan: columns.length });
  const hidden = el("tr", { role: "row", id: below, class: "detail", hidden: true }, cell);
  const toggle = el(
    "button",
    { type: "button", class: "unfold", "data-act": "details", "aria-expanded": "false", "aria-controls": below },
    label(item),
  );
  toggle.addEventListener("click", () => {
    hidden.hidden = !hidden.hidden;
    toggle.setAttribute("aria-expanded", String(!hidden.hidden));
    cell.replaceChildren(...(hidden.hidden ? [] : [draw(item)]));
  });
  const shown = row(columns, item, id);
  shown.querySelector("[role=rowheader]").append(toggle);
  return [shown, hidden];
}

/** Ids that are worth seeing only when asked for. */
export function idList(ids, total = ids.length) {
  if (ids.length === 0) {
    return null;
  }
  const more = total > ids.length ? ` (the first ${ids.length})` : "";
  return el(
    "details",
    {},
    el("summary", {}, `Rows${more}`),
    el(
      "ul",
      { class: "ids" },
      ids.map((id) => el("li", {}, el("code", {}, id))),
    ),
  );
}
