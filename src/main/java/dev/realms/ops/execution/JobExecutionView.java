package dev.realms.ops.execution;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * An execution of a batch job on this node.
 *
 * @param parameters only those that the jobs know have their values shown
 * @param acts what may be done now: {@code stop}, {@code restart} or nothing
 */
public record JobExecutionView(
        long id,
        String job,
        String status,
        String exitStatus,
        Instant createTime,
        Instant startTime,
        Instant endTime,
        Instant lastUpdatedTime,
        Map<String, String> parameters,
        List<JobStepView> steps,
        List<String> acts) {}
