/**
 * Health: whether the application lives, is ready and has started, for probes of a platform.
 *
 * <p>Decisions: the paths are open to everybody. So each check has a name and says nothing of the cause, which is in the log, but for the
 * migration's state, by which the commands go; and the database is asked once a second at most, however many ask. Ready means that
 * the database answers within two seconds through both pools and can be written, its schema is known and isolation is guaranteed; it comes and goes with
 * these. Both application servers run the checks; where WildFly does so on its management port only, its configuration forwards the path.
 */
package dev.realms.ops.health;
