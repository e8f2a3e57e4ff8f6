/**
 * Jobs: the processing of a document, as the pipeline reports it (never the migration's batch).
 *
 * <p>Decisions: a status may skip others on its way forward, as a document's state may; a job that has not ended may fail or be
 * cancelled from anywhere. The same is kept by a trigger. A job ends once: its end is then set, {@code endDate} if given and else
 * now but never before {@code startDate}; a finished one is at 100 percent; from then on it can be deleted and nothing else.
 * Repeating an ended job's values is no change and no fault. Members that can't be empty keep their value when a {@code PUT} leaves
 * them out. The document's name and type are remembered as they were when the job was made.
 */
package dev.realms.job;
