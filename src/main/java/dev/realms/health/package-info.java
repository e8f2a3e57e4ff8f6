/**
 * Health: whether the application lives, is ready and has started, for probes of a platform.
 *
 * <p>Decisions: each check has a name and says nothing of the cause, which is in the log, since the paths are open to everybody. Ready
 * means that the database answers within two seconds through both pools and its schema is known; it comes and goes with the
 * database. Both application servers run the checks; where WildFly does so on its management port only, its configuration
 * forwards the path.
 */
package dev.realms.health;
