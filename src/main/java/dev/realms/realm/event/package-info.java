/**
 * What happened in a realm and to it, to be read by whoever may open the realm.
 *
 * <p>Functions of the database write the events, in the transaction of the act: triggers on realms and API keys, {@code move_rows}, and the
 * functions that note the use of a key, an export or an import. The service reads them and can't write, change or delete one. What is done to single documents and the like
 * is none: they say themselves when they changed.
 *
 * <p>A month of events is a partition, which {@code ops.retention} drops when it is old. Why: {@code docs/decisions/events-are-written-by-the-database.md}.
 */
package dev.realms.realm.event;
