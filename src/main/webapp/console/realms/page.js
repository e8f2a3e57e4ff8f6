import { get, send } from "../lib/api.js";
import { confirm } from "../lib/dialog.js";
import { button, el, fill } from "../lib/dom.js";
import { moment, number, plural } from "../lib/format.js";
import { formDialog, IdempotencyKey } from "../lib/form.js";
import { icon } from "../lib/icons.js";
import { say } from "../lib/notice.js";
import { mayWrite } from "../lib/session.js";
import { failure, refusal } from "../lib/states.js";
import { realms } from "./current.js";
import { KINDS } from "./kinds.js";

const FIELDS = [
  { name: "name", label: "Name", required: true },
  { name: "description", label: "Description", type: "textarea" },
];

/** All realms of whoever is signed in, with what they hold. */
export async function realmsPage() {
  const list = el("ul", { id: "realm-list", class: "realms", "aria-label": "Your realms" });
  const summary = el("p", { id: "realm-summary", class: "lead" });
  const problem = el("div", { id: "realm-problem" });
  const deleted = el("input", { type: "checkbox", id: "show-deleted" });
  deleted.addEventListener("change", () => guarded(draw));

  async function draw() {
    await realms.load(deleted.checked);
    const stats = await Promise.all(realms.items.map((realm) => (realm.isActive ? get(`/realms/${realm.id}/stats`) : null)));
    summary.textContent = sum(realms.active, stats.filter(Boolean));
    fill(list, realms.items.map((realm, i) => card(realm, stats[i], guarded, draw)));
  }

  async function guarded(act) {
    fill(problem);
    try {
      await act();
    } catch (refused) {
      fill(problem, refused.status === 0 ? failure(refused, () => guarded(draw)) : refusal(refused));
      problem.scrollIntoView({ block: "nearest" });
    }
  }

  await draw();
  return {
    title: "Realms",
    content: el(
      "div",
      { class: "page" },
      el(
        "div",
        { class: "page-head" },
        el("div", { class: "title" }, el("h1", { tabindex: "-1" }, "Realms"), mayWrite() && button("New realm", { act: "create", kind: "primary", icon: icon("plus") }, () => guarded(() => create(draw)))),
        summary,
        !mayWrite() && el("p", { class: "quiet" }, "Your role, VIEWER, looks and changes nothing."),
      ),
      problem,
      list,
      el("p", { class: "check" }, deleted, el("label", { for: "show-deleted" }, "Show deleted realms")),
    ),
  };
}

/** After a migration: that all is there, at a glance. */
function sum(active, stats) {
  const held = Object.values(KINDS)
    .map((kind) => plural(stats.reduce((total, each) => total + each[kind.stat], 0), kind.one))
    .join(", ");
  return active.length === 1 ? `All that is yours is in one realm, ${active[0].name}: ${held}.` : `All that is yours, in ${active.length} realms: ${held}.`;
}

function card(realm, stats, guarded, draw) {
  const isCurrent = realm.id === realms.currentId;
  const acts = realm.isActive ? activeActs(realm, isCurrent, draw) : [{ act: "restore", label: "Restore", run: () => restore(realm, draw) }];
  return el(
    "li",
    { class: "card realm", "data-realm": realm.id, "data-current": isCurrent ? "" : null, "data-deleted": realm.isActive ? null : "" },
    el(
      "div",
      { class: "realm-head" },
      el("h2", {}, realm.isActive ? el("a", { href: `#/realms/${realm.id}/documents`, "data-act": "open" }, realm.name) : realm.name),
      isCurrent && el("span", { class: "badge", "data-tone": "busy" }, "current"),
      realm.isDefault && el("span", { class: "badge" }, "default"),
      !realm.isActive && el("span", { class: "badge" }, "deleted"),
    ),
    realm.description && el("p", { class: "realm-description" }, realm.description),
    stats && statistics(realm, stats),
    el("p", { class: "quiet small" }, `since ${moment(realm.createdAt)}`),
    mayWrite() &&
      el(
        "div",
        { class: "actions" },
        acts.map(({ act, label, run, kind = "" }) => button(label, { act, kind: `small ${kind}`, "aria-label": `${label} ${realm.name}` }, () => guarded(run))),
      ),
  );
}

function statistics(realm, stats) {
  const most = Math.max(1, ...Object.values(KINDS).map((kind) => stats[kind.stat]));
  return el(
    "ul",
    { class: "stats" },
    Object.entries(KINDS).map(([path, kind]) =>
      el(
        "li",
        { "data-stat": kind.stat },
        el("a", { href: `#/realms/${realm.id}/${path}` }, kind.title),
        el("span", { class: "count" }, number(stats[kind.stat])),
        el("progress", { max: most, value: stats[kind.stat], "aria-hidden": "true" }),
      ),
    ),
  );
}

function activeActs(realm, isCurrent, draw) {
  return [
    !isCurrent && { act: "switch", label: "Switch to it", kind: "primary", run: () => switchTo(realm, draw) },
    { act: "edit", label: "Edit", run: () => edit(realm, draw) },
    !realm.isDefault && { act: "default", label: "Make default", run: () => makeDefault(realm, draw) },
    !realm.isDefault && { act: "delete", label: "Delete", kind: "quiet-danger", run: () => remove(realm, draw) },
  ].filter(Boolean);
}

async function switchTo(realm, draw) {
  await realms.switchTo(realm.id);
  say(`You are in ${realm.name} now.`);
  await draw();
}

async function create(draw) {
  const key = new IdempotencyKey();
  const made = await formDialog({
    name: "new-realm",
    title: "New realm",
    intro: "A realm shares nothing with your others: it has servers, databases, documents, jobs and API keys of its own.",
    fields: FIELDS,
    label: "Create",
    request: (body) => ({ method: "POST", path: "/realms", body, key: key.of(body) }),
    submit: async (request) => (await send(request)).data,
  });
  if (made) {
    await draw();
    say(`${made.name} is there.`);
  }
}

async function edit(realm, draw) {
  const { data, etag } = await send({ path: `/realms/${realm.id}` });
  const changed = await formDialog({
    name: "edit-realm",
    title: `Edit ${data.name}`,
    fields: FIELDS,
    values: data,
    label: "Save",
    patch: true,
    request: (body) => ({ method: "PATCH", path: `/realms/${realm.id}`, body, etag }),
    submit: async (request) => (await send(request)).data,
  });
  if (changed) {
    await draw();
    say("Saved.");
  }
}

async function makeDefault(realm, draw) {
  const { etag } = await send({ path: `/realms/${realm.id}` });
  const request = { method: "PUT", path: `/realms/${realm.id}/default`, etag };
  const done = await confirm({
    name: "default-realm",
    title: `Make ${realm.name} the default`,
    content: el("p", {}, "What comes without a realm goes to the default one, and it can't be deleted. The present default becomes a realm like any other."),
    label: "Make default",
    danger: false,
    act: () => send(request),
    request,
  });
  if (done) {
    await draw();
    say(`${realm.name} is the default realm now.`);
  }
}

async function remove(realm, draw) {
  const { etag } = await send({ path: `/realms/${realm.id}` });
  const request = { method: "DELETE", path: `/realms/${realm.id}`, etag };
  const done = await confirm({
    name: "delete-realm",
    title: `Delete ${realm.name}`,
    content: el("p", {}, "Only an empty realm can be deleted, and it can be restored as long as its name is free."),
    label: "Delete",
    act: () => send(request),
    request,
  });
  if (done) {
    await draw();
    say(`${realm.name} is deleted.`);
  }
}

async function restore(realm, draw) {
  await send({ method: "POST", path: `/realms/${realm.id}/restore` });
  await draw();
  say(`${realm.name} is back.`);
}
