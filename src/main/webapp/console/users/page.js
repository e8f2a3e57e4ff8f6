import { get, query, send } from "../lib/api.js";
import { curlDetails } from "../lib/curl.js";
import { confirm } from "../lib/dialog.js";
import { el } from "../lib/dom.js";
import { moment, words } from "../lib/format.js";
import { formDialog, IdempotencyKey } from "../lib/form.js";
import { guard } from "../lib/guard.js";
import { List } from "../lib/list.js";
import { say } from "../lib/notice.js";
import { me } from "../lib/session.js";

const PATH = "/admin/users";
const ROLES = ["ADMIN", "USER", "VIEWER"].map((role) => [role, words(role)]);
const FIELDS = [
  { name: "name", label: "Name", required: true },
  { name: "email", label: "E-mail address", required: true, attributes: { type: "email" } },
  {
    name: "role",
    label: "Role",
    type: "select",
    options: ROLES,
    value: "USER",
    help: "Administrators look after users and the migration; viewers change nothing.",
  },
];

/** Everybody's accounts. */
export async function usersPage({ query: given }) {
  const guarded = guard();
  const list = new List({
    name: "users",
    caption: "Users",
    filters: [
      { name: "q", label: "Name or e-mail", type: "search" },
      { name: "role", label: "Role", type: "select", options: ROLES },
    ].map((filter) => ({ ...filter, value: given.get(filter.name) ?? "" })),
    columns: [
      {
        label: "Name",
        cell: (user) => [
          el("strong", { dir: "auto" }, user.name),
          user.id === me()?.id && el("span", { class: "badge" }, "you"),
        ],
      },
      { label: "E-mail", cell: (user) => user.email },
      {
        label: "Role",
        cell: (user) =>
          el("span", { class: "badge", "data-tone": user.role === "ADMIN" ? "busy" : null }, words(user.role)),
      },
      { label: "Since", cell: (user) => moment(user.createdAt) },
    ],
    acts: (user) => [
      { act: "edit", label: "Edit", run: () => guarded.run(() => edit(user)) },
      ...(user.id === me()?.id
        ? []
        : [{ act: "delete", label: "Delete", kind: "quiet-danger", run: () => guarded.run(() => remove(user)) }]),
    ],
    called: (user) => user.name,
    load: (parameters) => get(PATH, { ...parameters, limit: 100 }),
    create: { label: "New user", run: () => guarded.run(create) },
    empty: { title: "No users", hint: "A user is made by the first sign-in, too." },
    whenFiltered: (values) => history.replaceState(null, "", `#/users${query(values)}`),
  });

  async function create() {
    const key = new IdempotencyKey();
    const made = await formDialog({
      name: "new-user",
      title: "New user",
      intro: "With the user comes their default realm.",
      fields: FIELDS,
      label: "Create",
      request: (body) => ({ method: "POST", path: PATH, body, key: key.of(body) }),
    });
    if (made) {
      await list.reload();
      say(`${made.name} is there.`);
    }
  }

  async function edit(user) {
    const { data, etag } = await send({ path: `${PATH}/${user.id}` });
    const changed = await formDialog({
      name: "edit-user",
      title: `Edit ${data.name}`,
      fields: FIELDS,
      values: data,
      label: "Save",
      patch: true,
      request: (body) => ({ method: "PATCH", path: `${PATH}/${user.id}`, body, etag }),
    });
    if (changed) {
      list.replace(changed);
      say("Saved.");
    }
  }

  async function remove(user) {
    const { etag } = await send({ path: `${PATH}/${user.id}` });
    const request = { method: "DELETE", path: `${PATH}/${user.id}`, etag };
    const done = await confirm({
      name: "delete-user",
      title: `Delete ${user.name}`,
      content: [
        el("p", {}, `With ${user.email} goes all that is theirs, and it can't be taken back:`),
        el(
          "ul",
          { class: "facts" },
          [
            "all of their realms, the deleted ones too",
            "every server, database, document and job in them",
            "every API key: programs that use one are refused at once",
          ].map((text) => el("li", {}, text)),
        ),
      ],
      word: "delete",
      label: "Delete user",
      request,
    });
    if (done) {
      await list.reload();
      say(`${user.name} is deleted.`);
    }
  }

  await list.reload();
  return {
    title: "Users",
    content: el(
      "div",
      { class: "page" },
      el("div", { class: "page-head" }, el("div", { class: "title" }, el("h1", { tabindex: "-1" }, "Users"))),
      el("section", { class: "card" }, guarded.place, list.element, curlDetails({ "See them": { path: PATH } })),
    ),
  };
}
