import { get, query } from "../lib/api.js";
import { curlDetails } from "../lib/curl.js";
import { el } from "../lib/dom.js";
import { day, instant, time, words } from "../lib/format.js";
import { guard } from "../lib/guard.js";
import { List } from "../lib/list.js";
import { me } from "../lib/session.js";
import { realms } from "./current.js";
import { realmHead } from "./head.js";
import { counted } from "./kinds.js";

const DAY = 86_400_000;

const REASONS = {
  revoked: "it was revoked",
  expired: "it had expired",
  replaced: "another one is in its place",
  "read-only": "it reads and changes nothing",
  "not-for-keys": "no key may do that",
  "other-realm": "it opens no other realm",
  "realm-deleted": "its realm is deleted",
};

/** What to call each kind, what to say of one, and how it looks. */
export const EVENTS = {
  "realm-made": { label: "Realm made", tone: "good", say: ({ name }) => ["The realm was made, as ", text(name)] },
  "realm-renamed": {
    label: "Realm renamed",
    say: ({ name, previousName }) => ["The realm was renamed from ", text(previousName), " to ", text(name)],
  },
  "realm-deleted": { label: "Realm deleted", tone: "bad", say: deleted },
  "realm-restored": { label: "Realm restored", tone: "good", say: () => "The realm was restored" },
  "default-gained": { label: "Became the default", say: () => "The realm became the default" },
  "default-lost": { label: "Handed the default over", say: () => "Another realm became the default" },
  "key-made": { label: "Key made", tone: "good", say: (details) => [...key(details), " was made"] },
  "key-rotated": { label: "Key rotated", say: (details) => [...key(details), " was rotated"] },
  "key-revoked": { label: "Key revoked", tone: "bad", say: (details) => [...key(details), " was revoked"] },
  "key-deleted": { label: "Key deleted", tone: "bad", say: (details) => [...key(details), " was deleted"] },
  "key-used-from-new-network": {
    label: "Key used from a new network",
    tone: "waiting",
    say: (details) => [...key(details), ` was used from ${details.network} for the first time`],
  },
  "key-denied": {
    label: "Key denied",
    tone: "bad",
    say: (details) => [...key(details), ` was denied to ${details.network}: ${REASONS[details.reason] ?? details.reason}`],
  },
  "rows-moved-in": {
    label: "Rows moved in",
    tone: "busy",
    say: (details) => [counted(details), " came from ", realmName(details.realmId)],
  },
  "rows-moved-out": {
    label: "Rows moved out",
    tone: "busy",
    say: (details) => [counted(details), " went to ", realmName(details.realmId)],
  },
  "rows-exported": {
    label: "Exported",
    tone: "waiting",
    say: ({ withCredentials }) => `The realm was exported, ${withCredentials ? "with" : "without"} the credentials of its servers`,
  },
  "rows-imported": { label: "Rows imported", tone: "good", say: (details) => [counted(details), " came with an import"] },
};

/** What happened in a realm and to it. */
export async function eventsPage({ params: { realmId }, query: given }) {
  const [realm, stats] = await Promise.all([
    get(`/realms/${realmId}`),
    get(`/realms/${realmId}/stats`),
    realms.items.length === 0 && realms.load(),
  ]);
  const path = `/realms/${realm.id}/events`;
  const guarded = guard();
  const list = new Timeline({
    name: "events",
    caption: `Events of ${realm.name}`,
    filters: filters(given),
    load: (parameters) => get(path, parameters),
    empty: { title: "Nothing has happened yet", hint: "What becomes of the realm and its keys is written down here." },
  });
  list.whenFiltered = ({ kind }) => history.replaceState(null, "", `#${path}${query({ kind })}`);
  await list.reload();
  return {
    title: `Events of ${realm.name}`,
    content: el(
      "div",
      { class: "page" },
      realmHead(realm, "events", stats, guarded).element,
      el("section", { class: "card" }, guarded.place, list.element, curlDetails({ "See them": { path } })),
    ),
  };
}

function filters(given) {
  const since = (days) => new Date(Date.now() - days * DAY).toISOString();
  return [
    {
      name: "kind",
      label: "Kind",
      type: "select",
      any: "All kinds",
      options: Object.entries(EVENTS).map(([kind, { label }]) => [kind, label]),
      value: given.get("kind") ?? "",
    },
    {
      name: "since",
      label: "Since",
      type: "select",
      any: "The beginning",
      options: [
        [since(1), "Yesterday"],
        [since(7), "A week ago"],
        [since(30), "A month ago"],
      ],
    },
  ];
}

/** A list whose items stand along a line, day by day. */
class Timeline extends List {
  table(items) {
    const days = new Map();
    items.forEach((event) => days.set(day(event.at), [...(days.get(day(event.at)) ?? []), event]));
    return el(
      "div",
      { class: "timeline", "data-list": this.name },
      [...days].map(([title, events]) => [el("h2", {}, title), el("ol", {}, events.map(entry))]),
    );
  }
}

function entry(event) {
  const { tone, say } = EVENTS[event.kind] ?? { say: () => words(event.kind) };
  return el(
    "li",
    { "data-id": event.id, "data-kind": event.kind, "data-tone": tone },
    el("time", { datetime: event.at, title: instant(event.at) }, time(event.at)),
    el("div", {}, el("p", {}, say(event.details)), el("p", { class: "quiet small" }, who(event.actor))),
  );
}

function deleted({ contentKeptUntil }) {
  return contentKeptUntil
    ? `The realm was deleted with what it held, which is kept at least until ${instant(contentKeptUntil)}`
    : "The realm was deleted";
}

function who({ userId, apiKeyId, prefix }) {
  if (apiKeyId) {
    return ["by the key ", el("code", { title: apiKeyId }, prefix ? `${prefix}…` : apiKeyId)];
  }
  return userId === me()?.id ? "by you" : "by the owner";
}

/** Of a user, who may write from right to left. */
const text = (value) => el("strong", { dir: "auto" }, value);

const key = ({ name, prefix }) => ["The key ", text(name), prefix && [" (", el("code", {}, `${prefix}…`), ")"]];

function realmName(id) {
  const realm = realms.items.find((each) => each.id === id);
  return realm ? text(realm.name) : "a realm that is gone";
}
