/**
 * Every batch job in one list, for operators.
 *
 * <p>What is listed is what this node's job repository remembers. Both servers keep it in memory, Payara in an H2 database there,
 * and other nodes do not see it. So it is shown and never believed: what may be done is asked of the job itself ({@link
 * dev.realms.ops.OperatedJob}), which reads it from the data, and done through the same control as the job's own paths, so that states
 * and audit log stay true.
 *
 * <p>Decision: only a job's newest execution can be stopped or restarted. Who looks at an older one has not seen what happened since.
 */
package dev.realms.ops.execution;
