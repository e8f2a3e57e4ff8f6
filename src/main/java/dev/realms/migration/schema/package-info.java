/**
 * Takes the database from whatever it is to the schema this version needs, at start-up and without a long lock.
 *
 * <p>{@link dev.realms.migration.schema.DatabaseShape} says what a database is and changes nothing; it is free of Jakarta types because the
 * commands ask it too. {@link dev.realms.migration.schema.SchemaMigrator} acts on the answer.
 *
 * <p>Why: {@code docs/decisions/scripts-by-stage.md}.
 */
package dev.realms.migration.schema;
