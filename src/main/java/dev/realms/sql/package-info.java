/**
 * What every part needs that speaks SQL over JDBC: statements in one call each, what PostgreSQL says when it refuses or is away, and the one
 * way to run again what failed for no fault of its own. Knows no other package of ours.
 */
package dev.realms.sql;
