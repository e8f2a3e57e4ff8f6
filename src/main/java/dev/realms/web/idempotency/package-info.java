/**
 * {@code Idempotency-Key} on POST: a request that is sent again, because its answer was lost, does not act again. Why as it is:
 * docs/decisions/idempotent-posts.md.
 */
package dev.realms.web.idempotency;
