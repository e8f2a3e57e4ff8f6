/**
 * The isolation audit: every invariant asked of the data, by a role that sees every row.
 *
 * <p>It is the batch job {@code isolation-audit}, for operators, and the last part of the migration's verification. {@link
 * dev.realms.realm.isolation.audit.Invariants} is the one place that says what holds of the data; {@link dev.realms.realm.isolation.audit.Coverage} takes from the
 * catalogue which tables and references there are, and names what no invariant asks.
 *
 * <p>Decisions:
 *
 * <ul>
 *   <li>Nothing that is declared is believed: not constraints and whether they were validated, not NOT NULL, not indexes. Tables are
 *       read from end to end. That costs seconds for a million rows, and nobody waits for it: reading takes no lock that
 *       stops a writer.
 *   <li>All checks see one snapshot, so that a busy application makes no check fail. Hence one transaction: a table that is
 *       rewritten between two of several would look empty. A change of the schema meanwhile gives up its lock and tries again.
 *   <li>An audit that was cut off is not resumed: its snapshot is gone. A new one is started.
 *   <li>Until contract has set the counts of documents right they are not asked; until the migration is finalised, credentials and
 *       keys from before realms may be plain.
 * </ul>
 */
package dev.realms.realm.isolation.audit;
