/**
 * The commands {@code mvn -Prun} and {@code mvn -Pmigrate}: they prepare a database, start the application server as a child
 * process and show what it does. None of this is inside the WAR.
 *
 * <p>Decisions: secrets reach the child through its environment, never through a command line that every user of the
 * machine can read. A fault is one sentence and exit code 1, told before anything is changed where it can be known before.
 * Everything is kept in one data directory; what is secret there has mode 0600.
 */
package dev.realms.launch;
