package dev.realms.job;

import dev.realms.web.Listed;
import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.UUID;

/** A job as its realm's users see it. */
public record JobView(
        String id,
        String documentId,
        String documentName,
        String documentType,
        Instant startDate,
        @Nullable Instant endDate,
        JobStatus status,
        int percentage,
        String summary,
        Instant createdAt,
        Instant updatedAt,
        String userId,
        UUID realmId)
        implements Listed {}
