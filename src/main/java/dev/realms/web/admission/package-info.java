/**
 * Requests wait for their turn ({@link dev.realms.web.admission.Admitted}), and those that lose a race inside the database, or meet a connection
 * that was cut before they came, are run again ({@link dev.realms.web.admission.Retried}).
 *
 * <p>Decisions: rows are locked from the top down – servers, databases, documents, jobs, several of a kind by id –, so most
 * requests can't wait for each other in a circle. What is left (two names swapped at once, a user deleted while they write, the
 * application from before realms) PostgreSQL ends by failing one of the transactions; its request is tried again, in a
 * new transaction, and its caller never knows. A lock that took too long is not tried again: waiting more would not help.
 *
 * <p>A pool asks a connection whether it still works once a second at most (Payara), or beside the requests, every one and a half (WildFly). What meets a broken
 * one first has done nothing, and is run again until the pool has noticed. A server that can only be read passes every check of a pool: what
 * finds one ends its sessions ({@link dev.realms.web.admission.ReadOnlyConnections}), and is run again on new ones.
 */
package dev.realms.web.admission;
