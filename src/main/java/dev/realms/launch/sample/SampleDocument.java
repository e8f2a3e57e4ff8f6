package dev.realms.launch.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A document and the jobs that brought it where it is. */
record SampleDocument(UUID id, UUID user, String name, String type, Instant uploaded, int chunks) {

    private static final Map<String, String> TYPES = Map.of(
            "pdf", "application/pdf",
            "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "md", "text/markdown",
            "html", "text/html",
            "csv", "text/csv");
    /** As often as they stand here. */
    private static final List<String> ENDINGS =
            List.of("pdf", "pdf", "pdf", "pdf", "docx", "docx", "md", "html", "csv");

    private static final List<String> STATES = List.of(
            "PENDING",
            "INGESTING",
            "INGESTED",
            "INGESTED",
            "INGESTED",
            "INGESTED",
            "INGESTED",
            "DEPRECATED",
            "DELETED");

    static SampleDocument draw(SampleRandom random, UUID user, String topic, int number, Instant from) {
        String ending = random.pick(ENDINGS);
        Instant uploaded = random.instant(from, SampleData.NOW.minus(Duration.ofDays(1)));
        return new SampleDocument(
                random.uuid(),
                user,
                "%s-%d.%s".formatted(topic, number, ending),
                TYPES.get(ending),
                uploaded,
                1 + random.skewed(60));
    }

    void write(SampleTables tables, SampleRandom random, SampleDatabase database) {
        String state = random.pick(STATES);
        boolean ingested = !state.equals("PENDING") && !state.equals("INGESTING");
        Instant changed = writeJobs(tables, random, state);
        tables.documents.add(
                id,
                name,
                type,
                state,
                1 + random.skewed(0.4),
                ingested ? chunks : 0,
                ingested ? Math.round((0.5 + random.fraction() / 2) * 1000) / 1000.0 : 0.0,
                uploaded,
                uploaded,
                changed,
                user,
                database == null ? null : database.id());
        if (database != null) {
            database.count(uploaded);
        }
    }

    /** Attempts that came to nothing, then the one the state speaks of. @return when the last thing happened */
    private Instant writeJobs(SampleTables tables, SampleRandom random, String state) {
        Instant at = uploaded;
        while (random.chance(0.12)) {
            at = writeJob(tables, random, at, random.chance(0.7) ? "FAILED" : "CANCELLED");
        }
        return switch (state) {
            case "PENDING" -> random.chance(0.6) ? writeJob(tables, random, at, "PENDING") : at;
            case "INGESTING" ->
                writeJob(tables, random, at, random.chance(0.3) ? "WAITING_FOR_REMOTE_WORKER" : "PROCESSING");
            default -> writeJob(tables, random, at, "FINISHED");
        };
    }

    private Instant writeJob(SampleTables tables, SampleRandom random, Instant after, String status) {
        Instant start = after.plusMillis(random.between(200, 60_000));
        Instant end = start.plusMillis(1_000L + random.skewed(90_000));
        boolean ended = List.of("FINISHED", "FAILED", "CANCELLED").contains(status);
        boolean begun = !List.of("PENDING", "WAITING_FOR_REMOTE_WORKER").contains(status);
        int percentage = status.equals("FINISHED") ? 100 : begun ? random.between(1, 99) : 0;
        tables.jobs.add(
                random.uuid(),
                name,
                type,
                start,
                ended ? end : null,
                status,
                percentage,
                summary(status),
                start,
                ended ? end : start,
                id,
                user);
        return ended ? end : start;
    }

    private String summary(String status) {
        return switch (status) {
            case "FINISHED" -> "Processed " + chunks + " chunks";
            case "FAILED" -> "The remote worker did not answer";
            case "CANCELLED" -> "Cancelled by the user";
            default -> "";
        };
    }
}
