/**
 * How much of the service one caller may take: a number of requests a minute for each user and each API key, and a number of failed
 * sign-ins a minute for each address that they come from.
 *
 * <p>Decisions:
 * <ul>
 *   <li>A user counts once, however many tokens; an API key counts for itself, so that a runaway pipeline does not lock its owner out.
 *   <li>Each node counts for itself, in memory: with several nodes behind a balancer a caller gets as many times the quota.
 *   <li>Only what is wrong counts and is refused: tokens and keys that are right never are for failures of others at the same address, which may be
 *       a proxy's. Whoever guesses short keys from before realms is slowed down, not stopped: of the keys from an address that has failed too often
 *       one at a time is looked up, unless it was found to be right within the last hour.
 *   <li>The address is the other end of the connection, or, where that is a trusted proxy, the nearest one before it that is not. Both
 *       {@code Forwarded} and {@code X-Forwarded-For} are read, for that alone; where they differ, one of them is made up, and neither counts.
 *   <li>The answers speak as draft-ietf-httpapi-ratelimit-headers (10) does: {@code RateLimit-Policy} and {@code RateLimit}.
 *   <li>No library: a number for each caller is all there is to keep.
 * </ul>
 */
package dev.realms.web.limit;
