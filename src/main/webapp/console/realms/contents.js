import { get, query, send } from "../lib/api.js";
import { curlDetails } from "../lib/curl.js";
import { confirm } from "../lib/dialog.js";
import { el } from "../lib/dom.js";
import { formDialog, IdempotencyKey } from "../lib/form.js";
import { guard } from "../lib/guard.js";
import { List } from "../lib/list.js";
import { say } from "../lib/notice.js";
import { mayWrite } from "../lib/session.js";
import { realms } from "./current.js";
import { realmHead } from "./head.js";
import { keyActs, showNewKey } from "./keys.js";
import { KINDS } from "./kinds.js";
import { mayMove, moveRows } from "./move.js";

/** Of every list. */
const NAMES = [
  { name: "name", label: "Name", type: "search" },
  { name: "sort", label: "Order", type: "select", any: "Newest first", options: [["name", "By name"]], sorts: true },
];

/** What a realm holds, one kind at a time. */
export async function contentsPage({ params: { realmId, kind: kindName }, query: given }) {
  const kind = KINDS[kindName];
  const [realm, stats, filters] = await Promise.all([
    get(`/realms/${realmId}`),
    get(`/realms/${realmId}/stats`),
    kind.filters(realmId, given),
    realms.items.length === 0 && realms.load(),
  ]);
  const contents = new Contents(realm, kindName, filters, given, stats);
  await contents.list.reload();
  return {
    title: `${kind.title} of ${realm.name}`,
    content: el("div", { class: "page" }, contents.head.element, contents.element),
  };
}

class Contents {
  constructor(realm, name, filters, given, stats) {
    this.realm = realm;
    this.name = name;
    this.kind = KINDS[name];
    this.path = `/realms/${realm.id}/${name}`;
    this.guarded = guard();
    this.head = realmHead(realm, name, stats, this.guarded);
    this.list = this.makeList(filters, given);
    this.element = el(
      "section",
      { class: "card" },
      this.guarded.place,
      this.list.element,
      curlDetails({ "See them": { path: this.path } }),
    );
  }

  makeList(filters, given) {
    const { kind } = this;
    const list = new List({
      name: this.name,
      caption: `${kind.title} of ${this.realm.name}`,
      columns: kind.columns(this.realm.id),
      filters: [...NAMES, ...filters].map((filter) => ({ ...filter, value: given.get(filter.name) ?? "" })),
      load: (parameters) => get(this.path, parameters),
      create: mayWrite() ? { label: `New ${kind.one}`, run: () => this.guarded.run(() => this.create()) } : null,
      acts: (item) => (mayWrite() ? this.acts(item) : []),
      choice:
        mayWrite() && mayMove(this.name)
          ? { act: "move-chosen", label: "Move", run: (items) => this.guarded.run(() => this.move(items)) }
          : null,
      called: kind.describe,
      empty: { title: `No ${kind.one}s yet`, hint: kind.hint },
    });
    // A filtered list has an address of its own, that can be kept or passed on.
    list.whenFiltered = (values) => history.replaceState(null, "", `#${this.path}${query(values)}`);
    return list;
  }

  acts(item) {
    const own = this.name === "api-keys" ? keyActs(this.path, () => this.reload())(item) : [];
    return [
      { act: "edit", label: "Edit", run: () => this.edit(item) },
      ...own,
      mayMove(this.name) && { act: "move", label: "Move", run: () => this.move([item]) },
      { act: "delete", label: "Delete", kind: "quiet-danger", run: () => this.remove(item) },
    ]
      .filter(Boolean)
      .map((act) => ({ ...act, run: () => this.guarded.run(act.run) }));
  }

  async create() {
    const key = new IdempotencyKey();
    const made = await formDialog({
      name: `create-${this.name}`,
      title: `New ${this.kind.one}`,
      fields: await this.kind.fields(this.realm.id, null),
      label: "Create",
      request: (body) => ({ method: "POST", path: this.path, body, key: key.of(body) }),
    });
    if (made) {
      if (made.key) {
        await showNewKey(made);
      }
      say(`Created: ${this.kind.describe(made)}.`);
      await this.reload();
    }
  }

  /** With the version that is read now: what somebody else changes meanwhile is not written over. */
  async edit(item) {
    const { data, etag } = await send({ path: `${this.path}/${item.id}` });
    const changed = await formDialog({
      name: "edit",
      title: `Edit ${this.kind.describe(data)}`,
      fields: await this.kind.fields(this.realm.id, data),
      values: data,
      label: "Save",
      patch: true,
      request: (body) => ({ method: "PATCH", path: `${this.path}/${item.id}`, body, etag }),
    });
    if (changed) {
      this.list.replace(changed);
      say("Saved.");
    }
  }

  async move(items) {
    if (await moveRows(this.realm, this.name, items)) {
      await this.reload();
    }
  }

  async remove(item) {
    const called = this.kind.describe(item);
    const { etag } = await send({ path: `${this.path}/${item.id}` });
    const request = { method: "DELETE", path: `${this.path}/${item.id}`, etag };
    const done = await confirm({
      name: "delete",
      title: `Delete ${called}`,
      content: el("p", {}, [this.kind.goesAlong, "This can't be taken back."].filter(Boolean).join(" ")),
      label: "Delete",
      request,
    });
    if (done) {
      say(`Deleted: ${called}.`);
      await this.reload();
    }
  }

  async reload() {
    const [stats] = await Promise.all([get(`/realms/${this.realm.id}/stats`), this.list.reload()]);
    this.head.count(stats);
  }
}
