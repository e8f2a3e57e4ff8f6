// Sign-in through an OIDC provider: authorization code flow with PKCE (RFC 7636). No secret of the client, no token in an address.
import { address, Problem } from "./api.js";

const STARTED = "realms.oidc";

/** What the server says about signing in. Where it says nothing, there are tokens only, from wherever one has them. */
export async function signInOptions() {
  return (await answered(fetch(address("/sign-in"), { cache: "no-store" }))) ?? { localIssuer: false, oidc: null };
}

/** @returns what a request is answered with, or null where there is no answer, or none that can be read */
async function answered(request) {
  const answer = await request.catch(() => null);
  return answer?.ok ? answer.json().catch(() => null) : null;
}

export async function leaveForProvider(oidc) {
  if (!crypto.subtle) {
    throw new Problem({ code: "insecure", detail: "Signing in through a provider needs https." });
  }
  const started = { state: random(), verifier: random(), nonce: random(), hash: location.hash };
  sessionStorage.setItem(STARTED, JSON.stringify(started));
  const provider = new URL(oidc.authorizationEndpoint);
  const asked = {
    response_type: "code",
    client_id: oidc.clientId,
    redirect_uri: redirectUri(),
    scope: oidc.scope,
    state: started.state,
    nonce: started.nonce,
    code_challenge: base64url(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(started.verifier))),
    code_challenge_method: "S256",
  };
  Object.entries(asked).forEach(([name, value]) => provider.searchParams.set(name, value));
  location.assign(provider.href);
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
    throw refused("That sign-in was not begun in this tab. Please begin again.");
  }
  if (given.has("error")) {
    throw refused(`The provider refused: ${given.get("error_description") ?? given.get("error")}.`);
  }
  const { oidc } = await signInOptions();
  if (!oidc) {
    throw refused("The server does not say how one signs in at the moment. Please sign in again.");
  }
  return exchange(oidc, given.get("code"), started);
}

async function exchange(oidc, code, { verifier, nonce }) {
  const body = new URLSearchParams({
    grant_type: "authorization_code",
    client_id: oidc.clientId,
    redirect_uri: redirectUri(),
    code,
    code_verifier: verifier,
  });
  const tokens = await answered(fetch(oidc.tokenEndpoint, { method: "POST", body }));
  if (!tokens) {
    throw refused("The provider gave no token. Please sign in again.");
  }
  if (tokens.id_token && claims(tokens.id_token)?.nonce !== nonce) {
    throw refused("The provider's answer belongs to another sign-in.");
  }
  // Some providers' access tokens are not meant to be read by anybody but themselves.
  const token = claims(tokens.access_token) ? tokens.access_token : tokens.id_token;
  if (!token) {
    throw refused("The provider gave no token that can be read here. Please tell whoever looks after the service.");
  }
  return token;
}

function refused(detail) {
  return new Problem({ code: "unauthenticated", detail });
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
