// Sign-in through an OIDC provider: authorization code flow with PKCE (RFC 7636). No secret of the client, no token in an address.
import { Problem } from "./api.js";

const STARTED = "realms.oidc";

/** What the server says about signing in. An older one says nothing: then there are tokens only. */
export async function signInOptions() {
  const answer = await fetch("/api/sign-in", { cache: "no-store" }).catch(() => null);
  return answer?.ok ? answer.json() : { localIssuer: true, oidc: null };
}

export async function leaveForProvider(oidc) {
  if (!crypto.subtle) {
    throw new Problem({ code: "insecure", detail: "Signing in through a provider needs https." });
  }
  const started = { state: random(), verifier: random(), nonce: random(), hash: location.hash };
  sessionStorage.setItem(STARTED, JSON.stringify(started));
  const asked = new URLSearchParams({
    response_type: "code",
    client_id: oidc.clientId,
    redirect_uri: redirectUri(),
    scope: oidc.scope,
    state: started.state,
    nonce: started.nonce,
    code_challenge: base64url(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(started.verifier))),
    code_challenge_method: "S256",
  });
  location.assign(`${oidc.authorizationEndpoint}?${asked}`);
}

/** Whether the address is one that the provider sent the browser back to. */
export function isReturning() {
  const given = new URLSearchParams(location.search);
  return given.has("state") && (given.has("code") || given.has("error"));
}

/** @returns the token; the code leaves the address at once */
export async function finishSignIn() {
  const given = new URLSearchParams(location.search);
  const started = JSON.parse(sessionStorage.getItem(STARTED) ?? "null");
  sessionStorage.removeItem(STARTED);
  history.replaceState(null, "", location.pathname + (started?.hash ?? ""));
  if (!started || given.get("state") !== started.state) {
    throw new Problem({
      code: "unauthenticated",
      detail: "That sign-in was not begun in this tab. Please begin again.",
    });
  }
  if (given.has("error")) {
    throw new Problem({
      code: "unauthenticated",
      detail: `The provider refused: ${given.get("error_description") ?? given.get("error")}.`,
    });
  }
  const { oidc } = await signInOptions();
  return exchange(oidc, given.get("code"), started);
}

async function exchange(oidc, code, { verifier, nonce }) {
  const answer = await fetch(oidc.tokenEndpoint, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: oidc.clientId,
      redirect_uri: redirectUri(),
      code,
      code_verifier: verifier,
    }),
  }).catch(() => null);
  const tokens = answer?.ok ? await answer.json() : null;
  if (!tokens) {
    throw new Problem({ code: "unauthenticated", detail: "The provider gave no token. Please sign in again." });
  }
  if (tokens.id_token && claims(tokens.id_token)?.nonce !== nonce) {
    throw new Problem({ code: "unauthenticated", detail: "The provider's answer belongs to another sign-in." });
  }
  // Some providers' access tokens are not meant to be read by anybody but themselves.
  return claims(tokens.access_token) ? tokens.access_token : tokens.id_token;
}

function claims(token) {
  try {
    const payload = token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
    return JSON.parse(atob(payload));
  } catch {
    return null;
  }
}

function redirectUri() {
  return location.origin + location.pathname;
}

function random() {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

function base64url(bytes) {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}
