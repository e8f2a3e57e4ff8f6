/** What operators ask for, over HTTP or by a command, and what a node does with nobody asking. Each act moves the state or is refused. */
package dev.realms.migration.control;
