/**
 * The isolation audit: every invariant asked of the data, by a role that sees every row.
 *
 * <p>It is the batch job {@code isolation-audit}, for operators, and the last part of the migration's verification. {@link
 * dev.realms.realm.isolation.audit.Invariants} is the one place that says what holds of the data; {@link dev.realms.realm.isolation.audit.Coverage} takes from the
 * catalogue which tables and references there are, and names what no invariant asks.
 *
 * <p>Why: {@code docs/decisions/audit-reads-everything.md}.
 */
package dev.realms.realm.isolation.audit;
