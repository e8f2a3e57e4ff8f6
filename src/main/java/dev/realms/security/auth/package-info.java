/**
 * Who is calling, and what they may do.
 *
 * <p>A bearer token is read in one of two ways. A JWT whose issuer is configured is verified with that issuer's keys: the OIDC
 * provider of the standard {@code mp.jwt.verify.*} settings, or the local issuer whose key lies in the data directory. Everything
 * else is an API key, because keys from before realms may have any form, dots included. No container security is involved,
 * so both application servers behave alike.
 *
 * <p>Decisions:
 * <ul>
 *   <li>The issuer named in a token only picks the verifier; algorithm, audience and lifetime are the verifier's own. Only RS256
 *       and ES256 exist here, so neither {@code none} nor an HMAC with a public key can pass.
 *   <li>A person is (issuer, subject), bound at the first sign-in: to the user who has their address and is nobody else's yet, or to a
 *       new one. The address counts only where the token says {@code email_verified}, or {@code realms.auth.oidc.trust-emails} stands
 *       in for it. Whose user was deleted stays out, until an administrator makes a user with their address.
 *   <li>A token of the local issuer names a user by id and dies with them; its own administrator is bound like a person of a provider,
 *       made when an installation has none with that address, and never again.
 *   <li>The role is the one in the database, read for every request. No claim names one.
 *   <li>Whom an API key belongs to is remembered for less than a second, on each node. Its realm does not open before the key has
 *       been looked up again, in the same round trip: there a revocation counts at once, and within a second elsewhere. So does
 *       a new role of its owner.
 *   <li>API keys that may be made up share their look-ups, one at a time: a flood of them costs one connection, and a right key among them waits
 *       for two look-ups, whoever sends it. Those found within the last hour need not wait at all.
 *   <li>Whom a token speaks of is remembered for less than a second, too, on each node: verifying its signature is most of the work.
 *   <li>The signing keys of a provider are read when first needed: it may start after this service. A token whose key can't be looked for
 *       gets 503, not 401, and counts as no failed sign-in: whoever gets 401 drops a token that may be good.
 *   <li>Filters run once JAX-RS has found the method, so an unknown path is 404 for everybody, and rules are written about the
 *       {@code @Path} templates, which no spelling of the request can dodge. A method with no rule is refused.
 *   <li>{@code /api/sign-in} alone is open to nobody in particular: a servlet beside the resources, so that no filter has an exception.
 *       A token never stands in an address, because whoever follows a link would be signed in as its author. The printed one holds a code,
 *       which only the account that runs the service can read, for the local administrator alone, and good once.
 *       The provider's endpoints are settings, not discovered: what pages may ask stands in a header from the start on.
 *   <li>A VIEWER only reads, which includes their own settings and the current realm.
 * </ul>
 */
package dev.realms.security.auth;
