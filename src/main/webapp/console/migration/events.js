import { get } from "../lib/api.js";
import { curlDetails } from "../lib/curl.js";
import { el } from "../lib/dom.js";
import { instant, shortId, words } from "../lib/format.js";
import { List, textFilter } from "../lib/list.js";
import { me } from "../lib/session.js";
import { watch } from "./watch.js";

const PATH = "/admin/migration/events";

/** The audit log, newest first; what is done while one looks on comes to the top. */
export async function events() {
  const list = new List({
    name: "events",
    caption: "Audit log",
    download: true,
    filters: [textFilter("Find", (event) => [event.act, event.outcome, event.actor, JSON.stringify(event.parameters)])],
    columns: [
      { label: "When", cell: (event) => el("time", { datetime: event.at }, instant(event.at)) },
      { label: "Who", cell: who },
      { label: "Act", cell: (event) => el("strong", {}, words(event.act)) },
      { label: "Parameters", cell: parameters },
      { label: "Outcome", cell: (event) => words(event.outcome) },
    ],
    load: ({ cursor }) => get(PATH, { cursor, limit: 100 }),
    empty: {
      title: "Nothing has been done yet",
      hint: "Every act and every change of the state is written down here.",
    },
  });
  await list.reload();
  return {
    content: el(
      "section",
      { class: "card" },
      el("h2", {}, "Audit log"),
      list.element,
      curlDetails({ "See it": { path: PATH }, "As a stream": { path: PATH, accept: "text/event-stream" } }),
    ),
    update: () => {
      const known = new Set(list.items.map((event) => event.id));
      const news = watch.acts.filter((event) => !known.has(event.id) && event.id > (list.items[0]?.id ?? 0));
      if (news.length > 0) {
        list.items = [...news, ...list.items];
        list.draw();
      }
    },
  };
}

function who({ actor }) {
  if (actor === "system") {
    return "the service";
  }
  return actor === me()?.id ? "you" : el("code", { title: actor }, shortId(actor));
}

function parameters({ parameters: given }) {
  const lines = Object.entries(given ?? {});
  return lines.length === 0
    ? null
    : el(
        "ul",
        { class: "pairs" },
        lines.map(([name, value]) =>
          el("li", {}, `${words(name)}: `, el("code", {}, typeof value === "string" ? value : JSON.stringify(value))),
        ),
      );
}
