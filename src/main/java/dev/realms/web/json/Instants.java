package dev.realms.web.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/** Instants to the millisecond, which is what the columns hold, within the years a timestamptz and readers share. */
public final class Instants {

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    /** What a timestamp can hold beside its infinities. */
    private static final Instant FIRST_STORED = Instant.parse("-4712-01-01T00:00:00Z");

    private static final Instant LAST_STORED = Instant.parse("+294276-12-31T23:59:59.999Z");

    private Instants() {}

    /**
     * One that the database holds: rows from before realms may have other years than callers may set.
     *
     * @throws DateTimeException when it can't be one
     */
    public static Instant parseStored(String text) {
        Instant instant = Instant.parse(text);
        boolean infinite = instant.equals(Instant.MAX) || instant.equals(Instant.MIN);
        if (!infinite && (instant.isBefore(FIRST_STORED) || instant.isAfter(LAST_STORED))) {
            throw new DateTimeException("outside of what is stored");
        }
        return instant;
    }

    public static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    /** @param text ISO 8601 with an offset, as callers write it
     * @throws DateTimeException when the text is none, or out of these years */
    public static Instant parse(String text) {
        Instant instant = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
        if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
            throw new DateTimeException("Not in the years 1 to 9999");
        }
        return instant;
    }
}
