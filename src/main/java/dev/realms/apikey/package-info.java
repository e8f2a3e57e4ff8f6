/**
 * API keys: each opens the one realm it belongs to, for programs that act for the realm's owner.
 *
 * <p>Decisions: a key is shown once, in the answer that makes it; the database holds its hash and its first characters. Rotating
 * gives a new key and lets the old one live for a grace time, in which the key is not rotated again but without one. An expired or revoked key
 * can't be rotated. Revoking is final, and doing it again changes nothing. Pre-realm keys have no prefix and may still stand in
 * the database in plain. Their hash takes that place when they are rotated or revoked or are to expire: the pre-realm application
 * finds a key by its plain text, and knows neither revoking nor expiry. From then on it does not know the key, also before its time. It would
 * take a stored hash for a key, and whoever has a key can compute its hash: random bits are stored behind it, by which nobody searches.
 */
package dev.realms.apikey;
