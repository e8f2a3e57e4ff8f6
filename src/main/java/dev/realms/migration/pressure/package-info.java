/**
 * How fast the migration may go: limits that operators set, and signals of a database under pressure that are held against them.
 *
 * <p>Why: {@code docs/decisions/rows-in-portions.md}.
 */
package dev.realms.migration.pressure;
