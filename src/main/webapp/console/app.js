import { get, Problem, whenSignedOut } from "./lib/api.js";
import { finishSignIn, isReturning } from "./lib/oidc.js";
import { Router } from "./lib/router.js";
import * as session from "./lib/session.js";
import { say } from "./lib/notice.js";
import { failure } from "./lib/states.js";
import { el } from "./lib/dom.js";
import { batchPage } from "./batch/page.js";
import { Frame } from "./frame.js";
import { migrationPage, migrationTabs } from "./migration/page.js";
import { contentsPage } from "./realms/contents.js";
import { realms } from "./realms/current.js";
import { eventsPage } from "./realms/events.js";
import { KINDS } from "./realms/kinds.js";
import { realmsPage } from "./realms/page.js";
import { settingsPage } from "./settings/page.js";
import { showTheme } from "./settings/theme.js";
import { signInPage } from "./sign-in.js";
import { usersPage } from "./users/page.js";

/** Why nobody is signed in any more; said once. */
let farewell = null;

/** The sign-in that is shown, or null. */
let form = null;

/** What the printed address brought for whoever is not signed in, or null. */
let code = null;

const frame = new Frame({
  signOut: () => leave(null),
  whenSwitched: (realm) => {
    const shown = /^#\/realms\/[^/]+\/([^/?]+)/.exec(location.hash);
    router.go(shown ? `#/realms/${realm.id}/${shown[1]}` : location.hash);
  },
});

// The printed address in a tab that shows the console already changes nothing but the hash.
addEventListener("hashchange", () => offer(session.takeCodeFromAddress()));

const router = new Router(document.getElementById("main"), routes(), {
  home,
  whenShown: (route) => frame.mark(route.section),
});

function routes() {
  return [
    ["sign-in", signIn, "sign-in", () => !session.token()],
    ["migration", forAdmins(migrationPage), "migration"],
    ...migrationTabs
      .filter(Boolean)
      .map((tab) => [
        `migration/${tab}`,
        forAdmins((route) => migrationPage({ ...route, params: { tab } })),
        "migration",
      ]),
    ["batch", forAdmins(batchPage), "batch"],
    ["realms", known(realmsPage), "realms"],
    ...Object.keys(KINDS).map((kind) => [
      `realms/:realmId/${kind}`,
      known((route) => contentsPage({ ...route, params: { ...route.params, kind } })),
      "realms",
    ]),
    ["realms/:realmId/events", known(eventsPage), "realms"],
    ["users", forAdmins(usersPage), "users"],
    ["settings", known(settingsPage), "settings"],
  ];
}

function home() {
  if (!session.token()) {
    return "#/sign-in";
  }
  return session.isAdmin() ? "#/migration" : "#/realms";
}

/** A page for whoever is signed in; nobody else sees anything but the sign-in, and comes here after it. */
function known(page) {
  return async (route) => {
    if (!session.token()) {
      return signIn();
    }
    // Who was let in only to lead the migration back is asked for anew: everybody is served again some day.
    if (!session.me()?.id && !(await entered())) {
      return signIn();
    }
    return page(route);
  };
}

function forAdmins(page) {
  return known(async (route) => {
    if (!session.isAdmin()) {
      const problem = new Problem({ status: 403, code: "forbidden", detail: "Only administrators see this page." });
      return { title: "Not allowed", content: el("div", { class: "page" }, failure(problem)) };
    }
    return page(route);
  });
}

/** @returns false where the token is not good for anything any more */
async function entered() {
  try {
    await enter();
    return true;
  } catch (problem) {
    if (problem.status !== 401) {
      throw problem;
    }
    session.end();
    farewell = problem;
    return false;
  }
}

/** Who it is, the frame around it, and the realms, where there are any. */
async function enter() {
  const token = session.token();
  session.isMe(await who());
  frame.show();
  const settings = await get("/me/settings").catch(() => null);
  // Whoever has signed out meanwhile has taken their theme and their realms along.
  if (token !== session.token()) {
    return;
  }
  showTheme(settings?.theme);
  await realms.load().catch(() => realms.forget());
}

/** While the database is taken back nobody is served but who leads the migration: who may see that is an administrator. */
async function who() {
  try {
    return await get("/me");
  } catch (problem) {
    if (problem.status !== 503) {
      throw problem;
    }
    await get("/admin/migration").catch((refused) => {
      throw refused.status === 403 ? problem : refused;
    });
    return { id: null, name: "Administrator", email: "", role: "ADMIN" };
  }
}

/** It stays as it is while nobody is signed in, whatever becomes of the address: somebody may be typing. */
async function signIn() {
  frame.hide();
  if (form === null || farewell !== null || code !== null) {
    const shown = [farewell, code];
    farewell = code = null;
    form = await signInPage(shown[0], tryToken, shown[1]);
  }
  return form;
}

/** A link signs nobody in over somebody else. */
function offer(given) {
  if (given && session.token()) {
    say("You are signed in already. Sign out first to use that address.");
  } else if (given) {
    code = given;
  }
}

async function tryToken(token) {
  session.begin(token);
  try {
    await enter();
  } catch (problem) {
    if (problem.status === 401) {
      session.end();
      throw problem;
    }
    // The token may be good, and the code that it was given for is spent. The page meets the problem again, shows it and tries again.
  }
  form = null;
  router.go(location.hash === "#/sign-in" ? home() : location.hash);
}

/** @param why a problem that is shown with the sign-in, or null for who wanted to go */
function leave(why) {
  session.end();
  realms.forget();
  showTheme(null);
  farewell = why;
  if (why) {
    router.show();
  } else {
    router.go("#/sign-in");
  }
}

whenSignedOut((problem) => {
  // A token that was only being tried is the sign-in's own affair.
  if (session.me()) {
    leave(new Problem({ ...problem, status: 401, detail: "Your session has ended. Please sign in again." }));
  }
});

async function begin() {
  const given = session.takeCodeFromAddress();
  if (isReturning()) {
    await finishSignIn().then(session.begin, (problem) => (farewell = session.token() ? null : problem));
  }
  if (session.token()) {
    // Which page is the first depends on who it is. What goes wrong here is met again, and shown, by the page.
    await entered().catch(() => {});
  }
  offer(given);
  await router.show();
}

begin();
