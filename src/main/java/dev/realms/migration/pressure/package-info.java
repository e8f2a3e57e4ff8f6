/**
 * How fast the migration may go: limits that operators set, and signals of a database under pressure that are held against them.
 *
 * <p>Decisions:
 *
 * <ul>
 *   <li>The limits are kept in the database and read again every second while the migration runs, so that what one node is told
 *       holds on the one that does the work.
 *   <li>Only what was set is kept: a default that a later version changes reaches everybody else.
 *   <li>All that is asked can be asked by a role with no rights but its own; some of it shows more to one that may read all statistics.
 * </ul>
 */
package dev.realms.migration.pressure;
