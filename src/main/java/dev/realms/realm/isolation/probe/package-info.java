/**
 * Fail closed: whether isolation is guaranteed is asked before anything is served, and again every {@code
 * realms.isolation.probe-seconds}. {@link dev.realms.realm.isolation.probe.IsolationFindings} finds reasons why it is not, in the persistence unit, the
 * runtime role and the tables; {@link dev.realms.realm.isolation.probe.IsolationVerdict} holds the verdict that the filter and {@code /health/ready} read.
 *
 * <p>Decisions:
 *
 * <ul>
 *   <li>The deployment does not fail: an operator sees at {@code /health/ready} that something is wrong and in the log what, and once they are gone the
 *       service goes on by itself. {@code /api/admin} stays open, because the migration may be what sets things right.
 *   <li>Tables are asked about only once the database has been contracted; before that it can't keep realms apart by itself.
 *   <li>A table in schema public that has {@code realm_id} and that the runtime role can reach has to be closed like ours, whoever made it.
 *   <li>Whatever shows owned rows past the policies counts only if the runtime role has the privilege to use it: what an installation has
 *       for its own roles is none of our business.
 *   <li>A role is judged by what it could become: by every role it is a member of, whether or not it inherits from it.
 *   <li>A lost database leaves the verdict as it was, because nothing can be read from it; a question that fails does not.
 * </ul>
 */
package dev.realms.realm.isolation.probe;
