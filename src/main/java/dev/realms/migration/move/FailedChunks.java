package dev.realms.migration.move;

import dev.realms.sql.Sql;
import dev.realms.sql.Untyped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** The list of what could not be moved. */
public final class FailedChunks {

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
            String fromId,
            String upToId,
            String status,
            String error,
            int attempts,
            Instant firstFailedAt,
            Instant lastFailedAt) {

        KeyRange range() {
            return new KeyRange(fromId, upToId);
        }
    }

    private static final String COLUMNS =
            "id, table_name, from_id, up_to_id, status, error, attempts, first_failed_at, last_failed_at";

    private FailedChunks() {}

    /** What has failed before, in the same range, has failed again; of a wider one this is what is left. */
    static void add(Connection connection, String table, KeyRange range, String error, int attempts)
            throws SQLException {
        Sql.update(connection, """
                INSERT INTO migration.failed_chunks AS f (table_name, from_id, up_to_id, error, attempts) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (table_name, from_id, up_to_id) DO UPDATE SET error = excluded.error,
                  attempts = f.attempts + excluded.attempts, last_failed_at = clock_timestamp(), status = 'failed'
                """, table, new Untyped(range.from()), new Untyped(range.upTo()), error, attempts);
        Sql.update(
                connection,
                """
                UPDATE migration.failed_chunks SET status = 'done' WHERE status = 'failed' AND table_name = ?
                  AND from_id <= ? AND up_to_id >= ? AND (from_id < ? OR up_to_id > ?)
                """,
                table,
                new Untyped(range.from()),
                new Untyped(range.upTo()),
                new Untyped(range.from()),
                new Untyped(range.upTo()));
    }

    static List<FailedChunk> all(Connection connection) throws SQLException {
        return query(connection, "ORDER BY status = 'done', table_name, from_id LIMIT 1000");
    }

    static Optional<FailedChunk> find(Connection connection, UUID id) throws SQLException {
        return query(connection, "WHERE id = ?", id).stream().findFirst();
    }

    static List<KeyRange> skipped(Connection connection, String table) throws SQLException {
        return query(connection, "WHERE status = 'skipped' AND table_name = ?", table).stream()
                .map(FailedChunk::range)
                .toList();
    }

    /** How many are not done. */
    public static int open(Connection connection) throws SQLException {
        return (int) Sql.count(connection, "migration.failed_chunks WHERE status <> 'done'");
    }

    /** Why the run can't end well; empty when everything is done. */
    public static Optional<String> sentence(Connection connection) throws SQLException {
        List<FailedChunk> open = all(connection).stream()
                .filter(chunk -> !chunk.status().equals("done"))
                .toList();
        Map<String, Long> tables =
                open.stream().collect(Collectors.groupingBy(FailedChunk::table, TreeMap::new, Collectors.counting()));
        return open.isEmpty()
                ? Optional.empty()
                : Optional.of("Portions of rows could not be moved or were skipped: "
                        + tables.entrySet().stream()
                                .map(table -> table.getKey() + " (" + table.getValue() + ")")
                                .collect(Collectors.joining(", "))
                        + ".");
    }

    /** In what is not done. */
    static long rowsLeft(Connection connection, Portions portions) throws SQLException {
        long rows = 0;
        for (FailedChunk chunk : open(connection, portions.table())) {
            rows += portions.left(connection, chunk.range())
                    .map(Portions.Left::rows)
                    .orElse(0);
        }
        return rows;
    }

    static void mark(Connection connection, UUID id, String status) throws SQLException {
        Sql.update(connection, "UPDATE migration.failed_chunks SET status = ? WHERE id = ?", status, id);
    }

    /** What has nothing left to do any more, whoever did it, is done. */
    public static void settle(Connection connection, Portions portions) throws SQLException {
        for (FailedChunk chunk : open(connection, portions.table())) {
            if (portions.left(connection, chunk.range()).isEmpty()) {
                mark(connection, chunk.id(), "done");
            }
        }
    }

    private static List<FailedChunk> open(Connection connection, String table) throws SQLException {
        return query(connection, "WHERE status <> 'done' AND table_name = ?", table);
    }

    private static List<FailedChunk> query(Connection connection, String which, Object... parameters)
            throws SQLException {
        return Sql.list(
                connection,
                FailedChunks::chunk,
                "SELECT " + COLUMNS + " FROM migration.failed_chunks " + which,
                parameters);
    }

    private static FailedChunk chunk(ResultSet row) throws SQLException {
        return new FailedChunk(
                row.getObject("id", UUID.class),
                row.getString("table_name"),
                row.getString("from_id"),
                row.getString("up_to_id"),
                row.getString("status"),
                row.getString("error"),
                row.getInt("attempts"),
                Sql.instant(row, "first_failed_at"),
                Sql.instant(row, "last_failed_at"));
    }
}
