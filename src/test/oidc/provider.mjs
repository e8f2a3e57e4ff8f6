// An OIDC provider of one client, the console: anybody signs in with the address that they type, which counts as verified.
import Provider from "oidc-provider";

const [port, clientId, redirectUri, audience] = process.argv.slice(2);

const claims = (address) => ({ email: address, email_verified: true, name: address.split("@")[0] });

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: clientId,
      redirect_uris: [redirectUri],
      response_types: ["code"],
      grant_types: ["authorization_code"],
      token_endpoint_auth_method: "none",
    },
  ],
  clientBasedCORS: (context, origin) => origin === new URL(redirectUri).origin,
  findAccount: (context, address) => ({ accountId: address, claims: () => ({ sub: address, ...claims(address) }) }),
  claims: { email: ["email", "email_verified"], profile: ["name"] },
  extraTokenClaims: (context, token) => claims(token.accountId),
  features: {
    resourceIndicators: {
      enabled: true,
      defaultResource: () => audience,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({ audience, scope: "", accessTokenFormat: "jwt" }),
    },
  },
});

provider.listen(port, "127.0.0.1", () => console.log("ready"));

// Whoever started it is gone.
process.stdin.resume().on("end", () => process.exit());
