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
 * <p>Decisions:
 *
 * <ul>
 *   <li>All of it goes through the schema owner's own connections, outside JTA: a batch chunk's container transaction holds
 *       nothing but the job repository, which may be of any kind and be lost.
 *   <li>Between an act and the job's first step a session of the node that was asked holds a lock, {@link
 *       dev.realms.ops.PendingStarts}: nobody runs the migration when neither that nor the lease is held, and no clock is asked.
 *   <li>A node that hangs keeps its lock. It gives a sign of life every few seconds; when that stays out for a minute, the others end
 *       its session, and what it held is taken up as after a crash.
 *   <li>A portion holds its rows a quarter longer than it should at most, then it is given back and halved: who waits for a row
 *       waits for a moment. Behind locks of others it waits even less, since the rows before them are held meanwhile.
 *   <li>A portion that fails is tried again, halved down to the rows that fail, and these are listed; the others go on. The sweep tries
 *       them once more, and what is left ends the run as {@code failed}: skipping rows is no way to {@code migrated}.
 *   <li>Portions that are done at the same time are handed out together and awaited together. What that costs is little, since
 *       they are of one size, and it leaves one place that decides whether to go on.
 *   <li>A step that fails leaves a sentence in the state and throws an exception without its cause: a driver's message may quote
 *       a row, and the job repository would keep it.
 *   <li>With {@code realms.migration.autostart} a node starts the job at its start from {@code expanded}, {@code stopped} and
 *       {@code failed}, and at any time from {@code running} when nobody runs it. Never from {@code paused} or {@code rolled-back},
 *       which an operator chose.
 *   <li>From the beginning of a rollback until a start has brought the realms back nobody is served but who leads the migration, on
 *       {@code /api/admin/migration} and {@code /api/admin/executions}. Every node reads that once a second; the database says so, too.
 *   <li>A rollback that nobody runs any more is gone on with where the migration would be, else it is {@code rollback-failed}.
 *   <li>A row that the application from before realms writes goes where the row lies that it refers to. Triggers place it, only while no
 *       realm is open: a bug of the application that knows realms must not carry rows from one to another.
 *   <li>A lost database connection is no failure of the migration: the state stays {@code running} until a node finds that nobody
 *       runs it, and makes it {@code stopped} or goes on.
 * </ul>
 */
package dev.realms.migration;
