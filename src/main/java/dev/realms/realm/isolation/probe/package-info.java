/**
 * Fail closed: whether isolation is guaranteed is asked before anything is served, and again every {@code
 * realms.isolation.probe-seconds}. {@link dev.realms.realm.isolation.probe.IsolationFindings} finds reasons why it is not, in the persistence unit, the
 * runtime role and the tables; {@link dev.realms.realm.isolation.probe.IsolationVerdict} holds the verdict that {@code AvailabilityFilter} and {@code /health/ready} read.
 *
 * <p>Why: {@code docs/decisions/fail-closed.md}.
 */
package dev.realms.realm.isolation.probe;
