/**
 * The way back to the pre-realm schema, and the way forth again; plain JDBC, with no application server.
 *
 * <p>What can be known before is asked before: {@link dev.realms.migration.rollback.Rollback#obstacle}. {@link
 * dev.realms.migration.rollback.Rollback} closes the service, puts into the archive what the old schema has no place for, brings
 * the rows into a shape that it can hold, verifies, and only then takes the schema back, by the scripts of {@link
 * dev.realms.migration.schema.RollbackSchema}. {@link dev.realms.migration.rollback.Restore} is the first thing that a later start does.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>Every row stays. What is replaced (a name, a key) stands in the archive before, in the same transaction.
 *   <li>Each step finds in the data what is left of it. A rollback that ended early, wherever, is gone on with by the next one.
 *   <li>What a key opens never grows: a key that the pre-realm application would honour for more than it was given for, or whose
 *       hash it would take for the key, gets a value that nobody knows.
 *   <li>Nobody but administrators is served from the first step of a rollback to the last of the restore.
 * </ul>
 *
 * <p>Why: {@code docs/decisions/rollback-keeps-rows.md}.
 */
package dev.realms.migration.rollback;
