/**
 * Requests that lose a race inside the database are run again.
 *
 * <p>Decisions: rows are locked from the top down – servers, databases, documents, jobs, several of a kind by id –, so most
 * requests can't wait for each other in a circle. What is left (two names swapped at once, a user deleted while they write, the
 * application from before realms) PostgreSQL ends by failing one of the transactions; its request is tried again, in a
 * new transaction, and its caller never knows. A lock that took too long is not tried again: waiting more would not help.
 */
package dev.realms.retry;
