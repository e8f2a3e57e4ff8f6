/**
 * Who is calling, and what they may do.
 *
 * <p>A bearer token is read in one of two ways. A JWT whose issuer is configured is verified with that issuer's keys: the OIDC
 * provider of the standard {@code mp.jwt.verify.*} settings, or the local issuer whose key lies in the data directory. Everything
 * else is an API key, because pre-realm keys may have any form, dots included. No container security is involved,
 * so both application servers behave alike.
 *
 * <p>Why: {@code docs/decisions/persons.md}, {@code docs/decisions/api-keys-at-rest.md}.
 */
package dev.realms.security.auth;
