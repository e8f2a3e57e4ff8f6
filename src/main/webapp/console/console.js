// The page knows only the public API. The token lives as long as the tab and never in an address that stays in the history.
const number = new Intl.NumberFormat();
const $ = (id) => document.getElementById(id);
const RUNNING = ["running", "verifying", "rolling-back"];

function token() {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given) {
    sessionStorage.setItem("token", given);
    history.replaceState(null, "", location.pathname);
  }
  return sessionStorage.getItem("token");
}

async function api(method, path, body) {
  const answer = await fetch(`/api${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${token()}`,
      ...(body && { "Content-Type": "application/json" }),
    },
    body: body && JSON.stringify(body),
  });
  const json = answer.status === 204 ? null : await answer.json();
  if (!answer.ok) {
    throw Object.assign(new Error(json.detail ?? answer.statusText), { status: answer.status });
  }
  return json;
}

function element(tag, text, properties = {}) {
  return Object.assign(document.createElement(tag), { textContent: text ?? "" }, properties);
}

function say(text) {
  $("message").textContent = text ?? "";
  $("message").hidden = !text;
}

function showSignIn() {
  sessionStorage.removeItem("token");
  $("who").textContent = "";
  for (const id of ["migration", "realms", "sign-out"]) {
    $(id).hidden = true;
  }
  $("sign-in").hidden = false;
  $("token").focus();
}

async function guarded(act) {
  try {
    say(null);
    await act();
  } catch (failure) {
    if (failure.status === 401) {
      showSignIn();
    }
    say(failure.status ? failure.message : "The server can't be reached.");
  }
}

function row(table) {
  const line = element("div", null, { className: "row" });
  const bar = element("progress", null, { max: Math.max(table.total, 1), value: table.total ? table.done : 1 });
  bar.setAttribute("aria-label", table.name);
  line.append(
    element("span", table.name),
    bar,
    element("span", `${number.format(table.done)} of ${number.format(table.total)}`),
  );
  return line;
}

async function showMigration() {
  const migration = await api("GET", "/admin/migration");
  $("state").textContent = migration.state;
  $("reason").textContent = migration.reason ?? "";
  $("reason").hidden = !migration.reason;
  $("tables").replaceChildren(...(migration.tables ?? []).map(row));
  $("migration").hidden = false;
  if (RUNNING.includes(migration.state)) {
    setTimeout(() => guarded(showMigration), 1000);
  }
}

async function realmItem(realm, currentId) {
  const item = element("li");
  item.append(element("h3", realm.name));
  if (realm.isDefault) {
    item.append(element("span", "default", { className: "badge" }));
  }
  if (realm.id === currentId) {
    item.append(element("span", "current", { className: "badge" }));
  } else {
    const button = element("button", "Switch to it", { type: "button" });
    button.addEventListener("click", () =>
      guarded(async () => {
        await api("POST", "/realms/switch", { realmId: realm.id });
        await showRealms();
      }),
    );
    item.append(button);
  }
  const stats = await api("GET", `/realms/${realm.id}/stats`);
  const counts = ["servers", "databases", "documents", "jobs"].map((kind) => `${number.format(stats[kind])} ${kind}`);
  item.append(
    element("p", [...counts, `${number.format(stats.apiKeys)} API keys`].join(" · "), { className: "counts" }),
  );
  return item;
}

async function showRealms() {
  const [realms, current] = await Promise.all([api("GET", "/realms"), api("GET", "/realms/current")]);
  $("realm-list").replaceChildren(...(await Promise.all(realms.items.map((realm) => realmItem(realm, current.id)))));
  $("realms").hidden = false;
}

async function show() {
  if (!token()) {
    showSignIn();
    return;
  }
  const me = await api("GET", "/me");
  $("sign-in").hidden = true;
  $("sign-out").hidden = false;
  $("who").textContent = `${me.name} · ${me.role}`;
  if (me.role === "ADMIN") {
    await showMigration();
  }
  await showRealms();
}

$("sign-in").addEventListener("submit", (event) => {
  event.preventDefault();
  sessionStorage.setItem("token", $("token").value.trim());
  $("token").value = "";
  guarded(show);
});
$("sign-out").addEventListener("click", showSignIn);
$("create").addEventListener("submit", (event) => {
  event.preventDefault();
  guarded(async () => {
    await api("POST", "/realms", { name: $("name").value });
    $("name").value = "";
    await showRealms();
  });
});
guarded(show);
