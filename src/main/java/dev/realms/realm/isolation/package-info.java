/**
 * Isolation: who calls, which realm is open, and what keeps every other realm out.
 *
 * <p>The realm travels in one way only. {@code RealmPathFilter} puts the id of the path into the request's
 * {@link dev.realms.realm.isolation.RealmContext}; {@code RealmBinding} gives it to EclipseLink as the tenant, and has the first statement on
 * owned rows of each transaction preceded by the one that checks and opens the realm ({@code enter_realm} in the database, which also
 * tells row-level security), in the same round trip. A method that only looks has no transaction: each of its statements opens the realm
 * for itself, and PostgreSQL makes a transaction of the two. So nobody who writes a service can forget to open the realm. No statics, no
 * thread-locals, and no realm to fall back to: outside all of this owned entities can be neither read nor written.
 */
package dev.realms.realm.isolation;
