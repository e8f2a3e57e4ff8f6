package dev.realms.migration.check;

import java.util.Locale;

/** What the preflight asks; each answers with a column {@code id}. The constraint that would be violated is behind each that blocks. */
enum Questions {
    CROSS_USER_SERVER(
            true,
            "Databases on the server of another user",
            "SELECT d.id FROM databases d JOIN database_servers s ON s.id = d.server_id WHERE s.user_id <> d.user_id"),
    CROSS_USER_DATABASE(
            true,
            "Documents in the database of another user",
            "SELECT o.id FROM documents o JOIN databases d ON d.id = o.database_id WHERE d.user_id <> o.user_id"),
    CROSS_USER_DOCUMENT(
            true,
            "Jobs on the document of another user",
            "SELECT j.id FROM jobs j JOIN documents o ON o.id = j.document_id WHERE o.user_id <> j.user_id"),
    EMAIL_CASE(
            true,
            "Users whose e-mail addresses differ in nothing but case",
            "SELECT id FROM (SELECT id, count(*) OVER (PARTITION BY lower(email)) AS same FROM users) AS u WHERE same > 1"),
    QUALITY_OUT_OF_RANGE(
            true,
            "Documents whose quality is no number from 0 to 1",
            "SELECT id FROM documents WHERE NOT quality BETWEEN 0 AND 1"),
    PERCENTAGE_OUT_OF_RANGE(
            true,
            "Jobs whose percentage is not from 0 to 100",
            "SELECT id FROM jobs WHERE NOT percentage BETWEEN 0 AND 100"),
    END_BEFORE_START(true, "Jobs that end before they start", "SELECT id FROM jobs WHERE end_date < start_date"),
    END_MISSING(
            true,
            "Jobs that have ended and do not say when",
            "SELECT id FROM jobs WHERE end_date IS NULL AND status IN ('FINISHED', 'FAILED', 'CANCELLED')"),
    DOCUMENT_COUNT(
            false,
            "Databases whose document count is wrong; it will be set right",
            "SELECT d.id FROM databases d LEFT JOIN documents o ON o.database_id = d.id"
                    + " GROUP BY d.id, d.document_count HAVING count(o.id) <> d.document_count"),
    // The start of another role's transaction is hidden from a role that may not read all statistics; its snapshot is
    // not.
    OLD_SNAPSHOT(
            false,
            "Sessions (pid) whose transaction is older than a minute; building indexes waits for them, and they bloat the tables",
            "SELECT pid AS id FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
                    + " AND (xact_start < now() - interval '1 minute' OR age(backend_xmin) > 100000)"),
    PREPARED_TRANSACTION(
            false,
            "Prepared transactions that nobody has ended; building indexes waits for them",
            "SELECT transaction::text AS id FROM pg_prepared_xacts WHERE database = current_database()");

    private final boolean blocks;
    private final String description;
    private final String sql;

    Questions(boolean blocks, String description, String sql) {
        this.blocks = blocks;
        this.description = description;
        this.sql = sql;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean blocks() {
        return blocks;
    }

    String description() {
        return description;
    }

    String sql() {
        return sql;
    }
}
