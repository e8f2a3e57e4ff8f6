/**
 * What operators choose to do about rows that refer to another user's, and doing it.
 *
 * <p>Decisions:
 *
 * <ul>
 *   <li>Every change stands in {@code migration.ledger}, written in the transaction that makes it: table, row, column, old and new value,
 *       and the rows that were made. A rollback reads it. It holds ids and no value of a row; of a name that had to be changed it holds
 *       what was put behind it.
 *   <li>The change triggers note them like changes of the application, so the verification still tells a loss from a change.
 *   <li>Servers come before databases before documents before jobs. What hangs on a row that was handed to another user is found by the
 *       ledger, so it follows in portions, after a crash too, and a large database is never one transaction.
 *   <li>What stands in for another user's row is made once for all rows of one user that referred to it, with an id that follows from
 *       theirs. A server that stands in has no credentials; a document that does is {@code DEPRECATED}: there is nothing to ingest.
 *   <li>Answers are kept in the database: whoever goes on after a stop or a crash does the same, and so does the last step before the
 *       verification, to rows that were written meanwhile.
 * </ul>
 */
package dev.realms.migration.answer;
