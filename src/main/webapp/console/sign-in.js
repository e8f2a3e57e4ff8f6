import { button, el, fill, oneAtATime } from "./lib/dom.js";
import { leaveForProvider, signInOptions } from "./lib/oidc.js";
import { refusal } from "./lib/states.js";

/** @param message why nobody is signed in any more, or null; @param signIn tries a token, and throws when it is refused */
export async function signInPage(message, signIn) {
  const { oidc, localIssuer } = await signInOptions();
  const place = el("div", { id: "sign-in-message" }, message && refusal(message));
  return {
    title: "Sign in",
    content: el(
      "div",
      { class: "page sign-in" },
      el(
        "section",
        { class: "card", "aria-labelledby": "sign-in-title" },
        el("p", { class: "brand large" }, el("img", { src: "icon.svg", alt: "", width: "40", height: "40" }), "Realms"),
        el("h1", { id: "sign-in-title", tabindex: "-1" }, "Sign in"),
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
      ),
    ),
  };
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
