/**
 * Requests to {@link dev.realms.web.admission.Resilient} resources wait for their turn, and are run again when they lost a race inside
 * the database or met a connection that was cut before they came. Why: docs/decisions/locks-and-retries.md.
 */
package dev.realms.web.admission;
