import { el, fill, setAttribute, setText } from "../lib/dom.js";
import { duration, number, percent, plural, words } from "../lib/format.js";
import { isComplete, isUnderWay, isVerified, isWayBack, lineName, share } from "./journey.js";

/** Users and rows done, of all and by table. */
export function progress() {
  const whole = el("p", { class: "whole" });
  const users = bar("users-bar", "Users");
  const rows = bar("rows-bar", "Rows");
  const lines = el("h3");
  const list = el("ul", { class: "tables" });
  const tables = new Map();
  const element = el(
    "section",
    { class: "card progress", "aria-labelledby": "progress-title" },
    el("div", { class: "card-head" }, el("h2", { id: "progress-title" }, "Progress"), whole),
    users.element,
    rows.element,
    lines,
    list,
  );
  const update = (view) => {
    setText(whole, wholeText(view));
    users.update(view.users, view.state);
    rows.update(view.rows, view.state);
    if (view.tables.length !== tables.size || view.tables.some((table) => !tables.has(table.name))) {
      tables.clear();
      view.tables.forEach((table) => tables.set(table.name, tableBar(table.name)));
      fill(
        list,
        [...tables.values()].map((line) => line.element),
      );
    }
    users.element.hidden = isWayBack(view.state) && view.users.total === 0;
    setText(lines, isWayBack(view.state) ? "By step" : "By table");
    lines.hidden = view.tables.length === 0;
    view.tables.forEach((table) => tables.get(table.name)?.update(table, view.state));
  };
  return { element, update };
}

function wholeText({ state, rows, tables }) {
  if (tables.length === 0 || (rows.total === 0 && !isComplete(state))) {
    return isVerified(state) ? "there was nothing to move" : "not counted yet";
  }
  if (state === "rolled-back") {
    return "as it was before realms";
  }
  return isVerified(state) ? `${percent(1)}, verified` : percent(Math.floor(share(rows, state) * 100) / 100);
}

function bar(id, label) {
  const count = el("span", { class: "count" });
  const meter = el("progress", { id, max: "1", value: "0", "aria-label": label });
  const element = el("div", { class: "bar" }, el("span", { class: "bar-label" }, label), count, meter);
  const update = (counts, state) => {
    setText(count, `${number(counts.done)} of ${number(counts.total)}`);
    setAttribute(meter, "value", share(counts, state));
  };
  return { element, update };
}

function tableBar(name) {
  const line = bar(null, words(lineName(name)));
  const status = el("span", { class: "bar-status quiet" });
  const element = el("li", { "data-table": name }, line.element, status);
  const update = (table, state) => {
    line.update(table, state);
    setText(status, tableStatus(table, state));
    setAttribute(element, "data-moving", table.startedAt && !table.endedAt && isUnderWay(state) ? "" : null);
  };
  return { element, update };
}

function tableStatus(table, state) {
  const { startedAt, endedAt, done, total } = table;
  if (endedAt) {
    const took = (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
    return `${endStatus(table, state)} · ${took < 1 ? "under a second" : duration(took)}`;
  }
  if (startedAt) {
    return isUnderWay(state) ? "under way" : "begun";
  }
  return done > 0 && done >= total ? "already moved" : "to come";
}

function endStatus({ done, total }, state) {
  if (done < total) {
    return `${plural(total - done, "row")} left`;
  }
  if (isWayBack(state)) {
    return "done";
  }
  return isVerified(state) ? "verified" : "moved, not yet verified";
}
