import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { beforeEach, test } from "node:test";
import { answerWith, freshPage, json, sent } from "./dom.mjs";
import { finishSignIn, isReturning, leaveForProvider, signInOptions } from "../../main/webapp/console/lib/oidc.js";

const PROVIDER = {
  clientId: "realms",
  scope: "openid email",
  authorizationEndpoint: "https://id.example/authorize",
  tokenEndpoint: "https://id.example/token",
};
const OPTIONS = { localIssuer: false, oidc: PROVIDER };

beforeEach(freshPage);

const token = (claims) => ["e30", Buffer.from(JSON.stringify(claims)).toString("base64url"), "sig"].join(".");
const started = () => JSON.parse(sessionStorage.getItem("realms.oidc"));

/** As the browser comes back from the provider after it was sent there. */
async function comeBack(given, hash = "#/realms") {
  location.at(`/console/${hash}`);
  await leaveForProvider(PROVIDER);
  const before = started();
  location.at(`/console/?${new URLSearchParams({ state: before.state, ...given })}`);
  return before;
}

const refused = (detail) => ({ code: "unauthenticated", message: detail });

test("asks the server how one signs in", async () => {
  answerWith(json(OPTIONS));

  assert.deepEqual(await signInOptions(), OPTIONS);
  assert.equal(sent[0].address, "/api/sign-in");
});

test("knows tokens only where the server says nothing about signing in", async () => {
  answerWith(new Response(null, { status: 404 }), new TypeError("Failed to fetch"));

  assert.deepEqual(await signInOptions(), { localIssuer: false, oidc: null });
  assert.deepEqual(await signInOptions(), { localIssuer: false, oidc: null });
});

test("bears it where it is told about signing in what can't be read", async () => {
  answerWith(new Response("<html>"), json(null));

  assert.deepEqual(await signInOptions(), { localIssuer: false, oidc: null });
  assert.deepEqual(await signInOptions(), { localIssuer: false, oidc: null });
});

test("leaves for the provider with a challenge whose verifier stays here", async () => {
  location.at("/console/?odd=1#/realms");

  await leaveForProvider(PROVIDER);

  const { state, verifier, nonce, hash } = started();
  const [address, asked] = location.assigned.split("?");
  assert.equal(address, PROVIDER.authorizationEndpoint);
  assert.deepEqual(Object.fromEntries(new URLSearchParams(asked)), {
    response_type: "code",
    client_id: "realms",
    redirect_uri: "https://realms.example/console/",
    scope: "openid email",
    state,
    nonce,
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  });
  assert.equal(hash, "#/realms");
  assert.equal(new Set([state, verifier, nonce]).size, 3);
  assert.match(verifier, /^[\w-]{43}$/);
});

test("keeps what the provider's address asks for already", async () => {
  await leaveForProvider({ ...PROVIDER, authorizationEndpoint: "https://id.example/authorize?p=policy" });

  const address = new URL(location.assigned);
  assert.equal(address.searchParams.get("p"), "policy");
  assert.equal(address.searchParams.get("response_type"), "code");
});

test("does not leave without what makes the challenge", async (t) => {
  const { crypto } = globalThis;
  t.after(() => Object.defineProperty(globalThis, "crypto", { value: crypto, configurable: true }));
  Object.defineProperty(globalThis, "crypto", { value: {}, configurable: true });

  await assert.rejects(leaveForProvider(PROVIDER), { code: "insecure" });

  assert.equal(location.assigned, null);
});

test("knows the address that the provider sends the browser back to", () => {
  for (const [address, returning] of [
    ["/console/?code=c&state=s", true],
    ["/console/?error=access_denied&state=s", true],
    ["/console/?code=c", false],
    ["/console/?state=s", false],
    ["/console/", false],
    ["/console/#/realms?code=c&state=s", false],
  ]) {
    location.at(address);
    assert.equal(isReturning(), returning, address);
  }
});

test("exchanges the code for a token, and leaves nothing of it behind", async () => {
  const { verifier, nonce } = await comeBack({ code: "c" });
  const tokens = { access_token: token({ sub: "1" }), id_token: token({ nonce }) };
  answerWith(json(OPTIONS), json(tokens));

  assert.equal(await finishSignIn(), tokens.access_token);

  assert.equal(location.href, "https://realms.example/console/#/realms");
  assert.equal(started(), null);
  assert.equal(sent[1].address, PROVIDER.tokenEndpoint);
  assert.equal(sent[1].method, "POST");
  assert.deepEqual(Object.fromEntries(sent[1].body), {
    grant_type: "authorization_code",
    client_id: "realms",
    redirect_uri: "https://realms.example/console/",
    code: "c",
    code_verifier: verifier,
  });
});

test("takes the token that says who it is where the other one can't be read", async () => {
  const { nonce } = await comeBack({ code: "c" });
  const tokens = { access_token: "opaque", id_token: token({ nonce, name: "Ö~~~???>>>" }) };
  answerWith(json(OPTIONS), json(tokens));

  assert.equal(await finishSignIn(), tokens.id_token);
});

test("takes an access token that comes alone", async () => {
  await comeBack({ code: "c" });
  const tokens = { access_token: token({ sub: "1" }) };
  answerWith(json(OPTIONS), json(tokens));

  assert.equal(await finishSignIn(), tokens.access_token);
});

test("asks for no token for a sign-in that was begun elsewhere", async () => {
  const foreign = refused("That sign-in was not begun in this tab. Please begin again.");
  await comeBack({ code: "c", state: "theirs" });

  await assert.rejects(finishSignIn(), foreign);
  assert.equal(location.search, "");
  assert.equal(started(), null);

  location.at("/console/?code=c&state=theirs");
  await assert.rejects(finishSignIn(), foreign);
  assert.equal(location.href, "https://realms.example/console/");
  assert.equal(sent.length, 0);
});

test("takes a sign-in for finished once", async () => {
  const { state } = await comeBack({ error: "access_denied" });
  await assert.rejects(finishSignIn());

  location.at(`/console/?code=c&state=${state}`);

  await assert.rejects(finishSignIn(), refused("That sign-in was not begun in this tab. Please begin again."));
});

test("says why the provider refused", async () => {
  await comeBack({ error: "access_denied", error_description: "Not you" });
  await assert.rejects(finishSignIn(), refused("The provider refused: Not you."));

  await comeBack({ error: "access_denied" });
  await assert.rejects(finishSignIn(), refused("The provider refused: access_denied."));
});

test("says so when the provider gives no token", async () => {
  const refusal = json({ error: "invalid_grant" }, { status: 400 });
  for (const answer of [refusal, new TypeError("Failed to fetch"), new Response("<html>")]) {
    await comeBack({ code: "c" });
    answerWith(json(OPTIONS), answer);

    await assert.rejects(finishSignIn(), refused("The provider gave no token. Please sign in again."));
  }
});

test("refuses an answer that belongs to another sign-in, or can't be read", async () => {
  for (const id of [token({ nonce: "theirs" }), token({}), "unreadable"]) {
    await comeBack({ code: "c" });
    answerWith(json(OPTIONS), json({ access_token: token({ sub: "1" }), id_token: id }));

    await assert.rejects(finishSignIn(), refused("The provider's answer belongs to another sign-in."));
  }
});

test("takes no token that can't be read here", async () => {
  for (const tokens of [{ access_token: "opaque" }, {}]) {
    await comeBack({ code: "c" });
    answerWith(json(OPTIONS), json(tokens));

    await assert.rejects(
      finishSignIn(),
      refused("The provider gave no token that can be read here. Please tell whoever looks after the service."),
    );
  }
});

test("says so when the server does not say any more how one signs in", async () => {
  for (const answer of [new TypeError("Failed to fetch"), json({ localIssuer: true, oidc: null })]) {
    await comeBack({ code: "c" });
    answerWith(answer);

    await assert.rejects(
      finishSignIn(),
      refused("The server does not say how one signs in at the moment. Please sign in again."),
    );
  }
});
