/**
 * What is asked of the data before and after the migration; nothing here changes a row of the product.
 *
 * <p>Decisions:
 *
 * <ul>
 *   <li>Every check of a verification reads the same snapshot, so a busy application makes no check fail.
 *   <li>A change by the application is told from a loss exactly: the database notes what others change in the transaction that
 *       changes it, and <em>baseline + changes = table</em> must hold in any snapshot. Times such as {@code updated_at} prove
 *       nothing; not every writer keeps them.
 *   <li>A TRUNCATE is noted like the DELETE of all its rows, by a trigger that reads them before, and the triggers fire for a replication, too: what an
 *       application or an administrator does in good order is no loss. For the rest there are names: {@link
 *       dev.realms.migration.check.Differences} notes a difference that an operator has looked at, and no other.
 *   <li>Checksums are kept per last three characters of the id, so that a difference names the rows it lies among without a
 *       second copy of every table.
 *   <li>Reports hold ids and counts, no values: they are kept, shown and sent around.
 * </ul>
 */
package dev.realms.migration.check;
