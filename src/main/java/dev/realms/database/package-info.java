/**
 * Databases: collections of documents on one of the realm's servers.
 *
 * <p>Decisions: {@code documentCount} is never written here, so it is right under concurrency, too: triggers keep it from the finalization on, and
 * until then documents are counted when a database is read.
 * {@code lastUpdated} is the time of the last update through this API. Names are unique in a realm, letter by letter, kept by a
 * unique constraint. Deleting a database leaves its documents behind with no database, by foreign key.
 */
package dev.realms.database;
