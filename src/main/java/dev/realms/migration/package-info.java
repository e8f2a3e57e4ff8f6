/**
 * Moves what existed before realms into its owner's default realm, while everybody goes on working.
 *
 * <p>The batch job {@code migrate-users-to-default-realms} does the work: preflight, baseline, default realms, then a step per
 * table, a sweep for what was written meanwhile, verification, contract. Operators act on the <em>state</em>, a row in the
 * database with a table of allowed moves; the job looks at it before every portion and ends when it says so. That is how a stop
 * reaches the node that runs the job, whichever node was asked.
 *
 * <p>The job {@code roll-back-realms} leads back, under the same lease; what it does is in {@link dev.realms.migration.rollback}. A start
 * after it expands the schema again, and has the realms brought back, before anything else.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>A portion is one transaction of one statement, guarded by {@code realm_id IS NULL}: doing it twice changes nothing.
 *   <li>What is left is read from the data. Neither the job repository nor the progress table is ever believed.
 *   <li>Whoever runs the job holds an advisory lock in the very session that does the work, so the work can't outlive the right to
 *       do it, and a killed node leaves neither a lock nor a lease to wait for. Sessions that work beside it, and those that
 *       contract the schema, share a second lock: who takes the lease over ends all that hold it before anything else.
 *   <li>{@code migrated} is reached through a passed verification and a complete contract, never past them.
 *   <li>{@code finalized} is reached from {@code migrated} through a last verification; from the first change on that can't be taken back,
 *       {@code finalizing_since} in the state keeps every other move away, and asking again goes on.
 * </ul>
 *
 * <p>Why: {@code docs/decisions/rows-in-portions.md}, {@code docs/decisions/work-holds-its-lock.md}, {@code docs/decisions/migration-goes-on.md}.
 */
package dev.realms.migration;
