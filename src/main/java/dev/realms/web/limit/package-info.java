/**
 * How much of the service one caller may take: a number of requests a minute for each user and each API key, and a number of failed
 * sign-ins a minute for each address that they come from. Answers say what is left as draft-ietf-httpapi-ratelimit-headers (10) does:
 * {@code RateLimit-Policy} and {@code RateLimit}. Why as it is: docs/decisions/limits-per-node.md.
 */
package dev.realms.web.limit;
