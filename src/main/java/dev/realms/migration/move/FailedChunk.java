package dev.realms.migration.move;

import java.time.Instant;
import java.util.UUID;

/**
 * Rows that could not be moved.
 *
 * @param fromId first key of the range
 * @param upToId last key of the range, which is in it
 * @param status {@code failed}, {@code skipped} by an operator, or {@code done} since
 * @param error one sentence, without values
 */
public record FailedChunk(
        UUID id,
        String table,
        UUID fromId,
        UUID upToId,
        String status,
        String error,
        int attempts,
        Instant firstFailedAt,
        Instant lastFailedAt) {

    KeyRange range() {
        return new KeyRange(fromId, upToId);
    }
}
