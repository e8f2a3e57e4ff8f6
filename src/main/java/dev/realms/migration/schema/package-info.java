/**
 * Takes the database from whatever it is to the schema this version needs, at start-up and without a long lock.
 *
 * <p>{@link dev.realms.migration.schema.DatabaseShape} says what a database is and changes nothing; it is free of Jakarta types because the
 * commands ask it too. {@link dev.realms.migration.schema.SchemaMigrator} acts on the answer.
 *
 * <p>Decisions:
 *
 * <ul>
 *   <li>Three Flyway locations with a history each: {@code db/expand} at every start, {@code db/contract} only behind a
 *       passed verification, {@code db/finalize} only on request. One numbering for all would run them in one go.
 *   <li>A pre-realm database is taken as Flyway's version 1, so that an empty and an adopted one differ in nothing after
 *       it. Which of the two it was stands in the history: only a database we built has version 1 as a run script.
 *   <li>What a script makes is closed to everybody but its owner in the same transaction. Rights are given by name, after the last script
 *       of the expansion.
 *   <li>A pooler that lends its sessions to others between two transactions is refused before anything is set or locked in one: to the owner always, to
 *       the runtime role unless nothing is prepared in a session ({@link dev.realms.migration.schema.Pooling}).
 *   <li>A database that holds tables but not ours is refused, even when none would clash: it is likelier the wrong
 *       address than a wish.
 * </ul>
 */
package dev.realms.migration.schema;
