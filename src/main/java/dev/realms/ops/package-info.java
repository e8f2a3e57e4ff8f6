/**
 * What is done with the rights of the schema's owner: the migration, the audit, the rotation of keys.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>The owner's connections belong to no container transaction; what is done on them commits by itself.
 *   <li>Row-level security does not bind the owner: it sees every row of every realm. No request of a user reaches this package.
 *   <li>What is recorded here, acts and reports, holds ids and counts, never e-mails or secrets.
 * </ul>
 *
 * <p>Decision: long work of which there may be one at a time holds an advisory lock in the very session that does it ({@link
 * dev.realms.ops.LockedSession}). The lock is what makes it alive: a node that is killed leaves neither a lock nor a lease to
 * wait for, and nothing in a table is believed without it.
 */
package dev.realms.ops;
