/**
 * Health: whether the application lives, is ready and has started, for probes of a platform.
 *
 * <p>Decisions: each check has a name and says nothing of the cause, which is in the log, since the paths are open to everybody; but why
 * isolation can't be guaranteed is said here, too. Ready means that the database answers within two seconds through both pools, its schema is
 * known and isolation is guaranteed; it comes and goes with these. Both application servers run the checks; where WildFly does so on its management port only, its configuration
 * forwards the path.
 */
package dev.realms.health;
