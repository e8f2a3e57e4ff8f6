package dev.realms.bench.migration;

import dev.realms.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Where the time goes: fifty looks a second at what the sessions that move rows, and their neighbour, are at or waiting for. */
final class Waits implements AutoCloseable {

    private static final long EVERY_NANOS = 20_000_000;
    private static final int SHOWN = 6;

    private static final String LOOK = """
            SELECT CASE WHEN query LIKE 'UPDATE documents SET chunks%' THEN 'neighbour' ELSE 'movers' END,
              CASE WHEN state <> 'active' THEN 'client' WHEN query IN ('COMMIT', 'BEGIN') THEN lower(query)
                WHEN query LIKE 'SELECT%' THEN 'find' ELSE 'change' END
              || CASE WHEN state <> 'active' OR wait_event IS NULL THEN '' ELSE '/' || wait_event END
            FROM pg_stat_activity
            WHERE datname = 'bench_copy' AND backend_type = 'client backend' AND pid <> pg_backend_pid()
              AND NOT (query LIKE 'UPDATE documents SET chunks%' AND state <> 'active')
            """;

    private final Map<String, Map<String, Integer>> seen = new HashMap<>();
    private final Thread thread = new Thread(this::look);
    private volatile boolean ends;
    private volatile SQLException fault;

    Waits() {
        thread.start();
    }

    private void look() {
        try (Connection connection = TestDatabase.owner();
                Statement statement = connection.createStatement()) {
            while (!ends) {
                try (ResultSet row = statement.executeQuery(LOOK)) {
                    while (row.next()) {
                        seen.computeIfAbsent(row.getString(1), who -> new HashMap<>())
                                .merge(row.getString(2), 1, Integer::sum);
                    }
                }
                LockSupport.parkNanos(EVERY_NANOS);
            }
        } catch (SQLException refused) {
            fault = refused;
        }
    }

    /** @param who {@code movers} or {@code neighbour}. @return the most frequent first, with its share */
    String of(String who) {
        Map<String, Integer> counts = seen.getOrDefault(who, Map.of());
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                .limit(SHOWN)
                .map(entry -> "%s %d %%".formatted(entry.getKey(), Math.round(100.0 * entry.getValue() / all)))
                .collect(Collectors.joining(", "));
    }

    @Override
    public void close() throws SQLException {
        ends = true;
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (fault != null) {
            throw fault;
        }
    }
}
