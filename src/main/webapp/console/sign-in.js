import { send } from "./lib/api.js";
import { button, el, fill, oneAtATime } from "./lib/dom.js";
import { leaveForProvider, signInOptions } from "./lib/oidc.js";
import { refusal } from "./lib/states.js";

/**
 * @param message why nobody is signed in any more, or null
 * @param signIn tries a token, and throws when it is refused
 * @param code the one of the printed address, or null: whoever followed a link is asked first, and only where there is a local issuer
 */
export async function signInPage(message, signIn, code = null) {
  const options = await signInOptions();
  const card = el("section", { class: "card", "aria-labelledby": "sign-in-title" });
  const show = (title, ...content) =>
    fill(
      card,
      el("p", { class: "brand large" }, el("img", { src: "icon.svg", alt: "", width: "40", height: "40" }), "Realms"),
      el("h1", { id: "sign-in-title", tabindex: "-1" }, title),
      ...content,
    );
  const showWays = (problem) => show("Sign in", ways(options, problem, signIn));
  if (code && options.localIssuer) {
    const instead = (problem) => {
      showWays(problem);
      card.querySelector("h1").focus();
    };
    show("Sign in as administrator?", question(code, signIn, instead));
  } else {
    showWays(message);
  }
  return { title: "Sign in", content: el("div", { class: "page sign-in" }, card) };
}

/** @param instead called with what went wrong, or with null by whoever does not want to */
function question(code, signIn, instead) {
  const accept = button("Sign in as administrator", { act: "accept", kind: "primary" }, async () => {
    try {
      const { data } = await send({ method: "POST", path: "/sign-in", token: code });
      await signIn(data.token);
    } catch (problem) {
      instead(problem);
    }
  });
  return [
    el(
      "p",
      {},
      "The address that you followed signs you in, once, as the administrator of this service. Go on only if you started it yourself, or trust whoever gave you the address.",
    ),
    el("div", { class: "actions" }, accept, button("Not now", { act: "decline" }, () => instead(null))),
  ];
}

function ways({ oidc, localIssuer }, problem, signIn) {
  const place = el("div", { id: "sign-in-message" }, problem && refusal(problem));
  return [
    place,
    oidc && [provider(oidc, place), el("p", { class: "or quiet" }, "or")],
    tokenForm(signIn, place, oidc === null),
    localIssuer &&
      el(
        "p",
        { class: "quiet small" },
        "Where the service was started with ",
        el("code", {}, "mvn -Prun"),
        ", the token is in ",
        el("code", {}, "data/admin-token"),
        ".",
      ),
  ];
}

function provider(oidc, place) {
  return button(`Sign in with ${new URL(oidc.issuer).host}`, { id: "oidc", kind: "primary" }, () =>
    leaveForProvider(oidc).catch((problem) => fill(place, refusal(problem))),
  );
}

function tokenForm(signIn, place, primary) {
  const input = el("input", {
    id: "token",
    type: "password",
    autocomplete: "off",
    spellcheck: "false",
    "aria-describedby": "token-help",
  });
  const submit = el("button", { type: "submit", class: primary ? "button primary" : "button" }, "Sign in");
  const form = el(
    "form",
    { id: "sign-in", novalidate: true },
    el(
      "div",
      { class: "field" },
      el("label", { for: "token" }, "Token"),
      input,
      el("p", { id: "token-help", class: "help" }, "Kept in this tab only, until it is closed or you sign out."),
    ),
    submit,
  );
  const tryIt = oneAtATime(submit, async () => {
    const token = input.value.trim();
    if (!token) {
      input.focus();
      return;
    }
    fill(place);
    await signIn(token).catch((problem) => fill(place, refusal(problem)));
    input.value = "";
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    tryIt();
  });
  return form;
}
