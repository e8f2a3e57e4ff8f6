package dev.realms.migration.pressure;

import java.time.Instant;

/**
 * Why the migration goes slower than it could.
 *
 * @param signal the name of the limit that it meets
 * @param value as it was measured last
 */
public record Throttle(String signal, long value, long limit, Instant since) {}
