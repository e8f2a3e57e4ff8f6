package dev.realms.migration.check;

import dev.realms.migration.move.Portions;
import dev.realms.ops.OwnerDatabase;
import dev.realms.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * How long a migration would take on this database, on this machine, now: a few rows of each table get a realm in a transaction that is
 * rolled back, and a few are read as the verification reads them. Whatever anybody has locked is left alone. Where rows can't be tried yet, all
 * rests on how fast they are read.
 *
 * @param sampledRows how many rows were tried; none where they were only read
 * @param rowsPerSecond how fast rows get their realm, by table; none where no row is left
 * @param seconds for everything there is to do
 */
public record Forecast(long sampledRows, Map<String, Long> rowsPerSecond, long seconds) {

    static final Forecast NOTHING_TO_DO = new Forecast(0, Map.of(), 0);

    private static final int MOST = 500;
    private static final int MOST_TO_READ = 20_000;

    /**
     * Baseline, verification and contract go through all rows again and again and build indexes. Together they take as long as taking the
     * checksum of all rows so many times; measured with the sample of pre-realm rows on PostgreSQL 15 and 18.
     */
    private static final double READINGS = 25;

    /** In the same measure: rows as text, which needs nothing of ours, are read five times as slowly; and a row takes five of that to get its realm. */
    private static final double READINGS_AS_TEXT = READINGS / 5;

    private static final double MOVE_AS_TEXT = 5;

    private static final String BOUNDS =
            "SET LOCAL realms.migration = 'on'; SET LOCAL lock_timeout = '100ms'; SET LOCAL statement_timeout = '5s'; SET LOCAL jit = off";

    /** No connection, no room, shut down, broken; a statement of ours that is wrong. All else is somebody, or a row, in the way. */
    private static final Pattern NO_ESTIMATE = Pattern.compile("08.*|53.*|57P.*|58.*|XX.*|42.*");

    private static final String USERS = """
            SELECT count(ensure_default_realm(id)) FROM (
              SELECT id FROM users WHERE NOT EXISTS (SELECT FROM realms WHERE user_id = users.id AND is_default)
              LIMIT %d FOR KEY SHARE SKIP LOCKED) AS sample
            """.formatted(MOST);

    /** From anywhere in the key, whose order scatters over the table as the migration's own portions do. */
    private static final String ROWS = """
            WITH sample AS (
              SELECT id FROM %1$s WHERE realm_id IS NULL AND %2$s ORDER BY id LIMIT %3$d FOR UPDATE SKIP LOCKED),
            moved AS (UPDATE %1$s SET realm_id = gen_random_uuid()%4$s FROM sample WHERE %1$s.id = sample.id RETURNING 1)
            SELECT count(*) FROM moved
            """;

    private static final String READ = "SELECT count(*), sum(migration.row_checksum(t.*)) FROM %s AS t %s";

    private static final String READ_AS_TEXT =
            "SELECT count(*), sum(pg_catalog.hashtextextended(t.*::text, 0)) FROM %s AS t %s";

    /** @param took in nanoseconds */
    private record Tried(long rows, long took) {

        double nanosPerRow() {
            return rows == 0 ? 0 : (double) took / rows;
        }
    }

    /** @param connection in auto-commit mode; @param left rows without a realm, by table */
    static Forecast of(Connection connection, Map<String, Long> rows, Map<String, Long> left) throws SQLException {
        Map<String, Long> speeds = new LinkedHashMap<>();
        long sampled = 0;
        double nanos = 0;
        for (String table : rows.keySet()) {
            if (left.get(table) > 0) {
                Tried moved = tryOut(connection, transaction -> move(transaction, table));
                if (moved.rows() > 0) {
                    speeds.put(table, Math.round(1e9 / moved.nanosPerRow()));
                }
                sampled += moved.rows();
                nanos += moved.nanosPerRow() * left.get(table);
            }
            Tried read = tryOut(connection, transaction -> read(transaction, READ, table, rows.get(table)));
            nanos += read.nanosPerRow() * rows.get(table) * READINGS;
        }
        return new Forecast(sampled, speeds, (long) Math.ceil(nanos / 1e9));
    }

    /** Of tables that nothing of ours is on yet, or whose rows what was found may keep from their realm. @param schema where they are */
    static Forecast ofReading(Connection connection, String schema, Map<String, Long> rows, Map<String, Long> left)
            throws SQLException {
        double nanos = 0;
        for (String table : rows.keySet()) {
            Tried read = tryOut(
                    connection, transaction -> read(transaction, READ_AS_TEXT, schema + "." + table, rows.get(table)));
            nanos += read.nanosPerRow() * (rows.get(table) * READINGS_AS_TEXT + left.get(table) * MOVE_AS_TEXT);
        }
        return new Forecast(0, Map.of(), (long) Math.ceil(nanos / 1e9));
    }

    /** A table that could not be tried out, since somebody or a row was in the way, is left out of the sum: the rest says enough. */
    private static Tried tryOut(Connection connection, OwnerDatabase.Work<Tried> trial) throws SQLException {
        connection.setAutoCommit(false);
        try {
            Sql.execute(connection, BOUNDS);
            return trial.on(connection);
        } catch (SQLException fault) {
            if (NO_ESTIMATE.matcher(String.valueOf(fault.getSQLState())).matches()) {
                throw fault;
            }
            return new Tried(0, 0);
        } finally {
            if (!connection.isClosed()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private static Tried move(Connection connection, String table) throws SQLException {
        if (table.equals("users")) {
            return time(connection, USERS);
        }
        String anywhere = "id >= '" + new UUID(ThreadLocalRandom.current().nextLong(), 0) + "'";
        Tried tried = time(connection, ROWS.formatted(table, anywhere, MOST, Portions.nameKeyOf(table)));
        if (tried.rows() > MOST / 2) {
            return tried;
        }
        // Of a small table the first may have moved all.
        Tried more = time(connection, ROWS.formatted(table, "true", MOST, Portions.nameKeyOf(table)));
        return more.rows() > tried.rows() ? more : tried;
    }

    private static Tried read(Connection connection, String sql, String table, long rows) throws SQLException {
        String part = rows <= MOST_TO_READ ? "" : "TABLESAMPLE SYSTEM (" + 100.0 * MOST_TO_READ / rows + ")";
        return time(connection, sql.formatted(table, part));
    }

    private static Tried time(Connection connection, String sql) throws SQLException {
        long start = System.nanoTime();
        long rows = Sql.number(connection, sql);
        return new Tried(rows, System.nanoTime() - start);
    }
}
