/**
 * How much of the service one caller may take: a number of requests a minute for each user and each API key, and a number of failed
 * sign-ins a minute for each remote address.
 *
 * <p>Decisions:
 * <ul>
 *   <li>A user counts once, however many tokens; an API key counts for itself, so that a runaway pipeline does not lock its owner out.
 *   <li>Each node counts for itself, in memory: with several nodes behind a balancer a caller gets as many times the quota.
 *   <li>Valid tokens and keys are never refused for failures of others at the same address, which may be a proxy's. Only keys from before
 *       realms, which are the ones that could be guessed, are not even looked up once their address has failed too often.
 *   <li>The answers speak as draft-ietf-httpapi-ratelimit-headers (10) does: {@code RateLimit-Policy} and {@code RateLimit}.
 *   <li>No library: a number for each caller is all there is to keep.
 * </ul>
 */
package dev.realms.limit;
