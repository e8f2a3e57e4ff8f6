/**
 * {@code Idempotency-Key} on POST: a request that is sent again, because its answer was lost, does not act again.
 *
 * <p>Decisions: a key belongs to its user and path. The claim on it, the act itself and the remembered answer are one transaction, so
 * a failed request leaves the key free and of two concurrent ones the second waits for the first. The request is remembered as a
 * keyed hash and the answer is sealed: both may hold secrets. Answers are kept for 24 hours. A repeated request passes
 * authentication and authorisation as any other.
 */
package dev.realms.idempotency;
