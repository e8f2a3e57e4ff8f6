/**
 * Isolation: who calls, which realm is open, and what keeps every other realm out.
 *
 * <p>The realm travels in one way only. {@code RealmPathFilter} puts the id of the path into the request's
 * {@link dev.realms.isolation.RealmContext}; a service marked {@link dev.realms.isolation.InRealm} has it checked and opened in
 * its own transaction ({@code open_realm} in the database, which also tells row-level security); {@code RealmBinding} gives it to
 * EclipseLink as the tenant. A method that only looks has no transaction: {@code RealmReader} sends the statement that opens the realm
 * and the one that reads together, and PostgreSQL makes a transaction of the two. Rows that are only locked, of which there may be any number, are
 * locked by a statement of ours, too ({@code RowLocks}); both take the condition on the realm from the ORM's mapping. No statics, no
 * thread-locals, and no realm to fall back to: outside all of this owned entities can be neither read nor written.
 */
package dev.realms.isolation;
