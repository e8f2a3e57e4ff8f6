/**
 * The pre-realm application, for tests: its statements on both shapes of the pre-realm database, as data, once each to see whether all of
 * them do what they always did, or many times a second while something happens to the database. It knows nothing of realms.
 */
package dev.realms.testing.oldapplication;
