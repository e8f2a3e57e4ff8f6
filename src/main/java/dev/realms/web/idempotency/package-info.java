/**
 * {@code Idempotency-Key} on POST: a request that is sent again, because its answer was lost, does not act again.
 *
 * <p>Decisions: a key belongs to its user and to what is asked for: the method's path with the realm and the row in their one
 * canonical form, so that no other spelling of the URL evades it and a key used in one realm means nothing in another. The claim on
 * it, the act itself and the remembered answer are one transaction, so a failed request leaves the key free and of two concurrent
 * ones the second waits for the first. The hash of the request and the answer are sealed: both may tell secrets. Neither is sealed again
 * when keys rotate; a retired key opens them for the 24 hours that they are kept. A repeated request passes authentication and authorisation as any other.
 * Operators' acts start jobs and have transactions of their own; their answers lie in the schema {@code migration}, where a rollback
 * leaves them, and tell no secret.
 */
package dev.realms.web.idempotency;
