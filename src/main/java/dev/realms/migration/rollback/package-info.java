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
 * <p>Decisions:
 *
 * <ul>
 *   <li>Until the first script or the undoing of answers has begun a rollback that failed can be called off: {@link
 *       dev.realms.migration.rollback.RollbackCancellation}. What was replaced comes back from the archive, sealed credentials as they were, and the functions that let nobody in are what they were.
 *       The database knows from where the rollback came, and refuses {@code migrated} to one that came from elsewhere.
 *   <li>The archive knows the realm of those rows only that are outside their owner's default realm, and it is not kept up with the
 *       pre-realm application: a row that refers to another follows that one when it comes back, whatever the archive says.
 *   <li>Tables are gone through by blocks. An index on the id alone is what a contracted table does not have.
 *   <li>Changes to the rows are noted like those of the application, so that the verification is exact; a stray one would show.
 *   <li>The rights of the runtime role on the tables go, but for those that it had before. Those, and what hangs on keys that are made anew,
 *       stand in {@code migration.as_it_was} as statements; each expansion notes them again. Sign-in goes through a function of schema {@code realms_doors}.
 *   <li>A credential that no key opens stays sealed and is reported; a key that this node lacks is a reason not to begin.
 *   <li>Names of databases come back with the contract, because until then they are unique per user.
 *   <li>Flyway's history of the expansion forgets what was taken back, so that the next start runs it again, out of order.
 * </ul>
 */
package dev.realms.migration.rollback;
