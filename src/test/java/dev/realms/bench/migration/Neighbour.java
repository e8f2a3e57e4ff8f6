package dev.realms.bench.migration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** The application that goes on working: 200 updates a second, of any documents, on a connection of its own. */
final class Neighbour implements AutoCloseable {

    private static final long EVERY_NANOS = 5_000_000;

    private final Connection connection;
    private final List<UUID> documents = new ArrayList<>();
    private final Random random = new Random(7);
    private final Thread thread;
    private long[] nanos = new long[1024];
    private int count;
    private volatile boolean ends;
    private volatile SQLException fault;

    Neighbour(DataSource database) throws SQLException {
        connection = database.getConnection();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT id FROM documents ORDER BY md5(id::text) LIMIT 20000")) {
            while (row.next()) {
                documents.add(row.getObject(1, UUID.class));
            }
        }
        thread = new Thread(this::update);
        thread.start();
    }

    private void update() {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE documents SET chunks = chunks + 1 WHERE id = ?")) {
            for (long next = System.nanoTime();
                    !ends;
                    next = Math.max(next + EVERY_NANOS, System.nanoTime() - EVERY_NANOS)) {
                LockSupport.parkNanos(next - System.nanoTime());
                update.setObject(1, documents.get(random.nextInt(documents.size())));
                long start = System.nanoTime();
                update.executeUpdate();
                note(System.nanoTime() - start);
            }
        } catch (SQLException refused) {
            fault = refused;
        }
    }

    private void note(long time) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = time;
    }

    /** In milliseconds. */
    record Latency(int updates, double median, double p99, double max) {}

    Latency end() throws SQLException, InterruptedException {
        ends = true;
        thread.join();
        if (fault != null) {
            throw fault;
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return new Latency(count, at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
    }

    private static double at(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, sorted.length * share)] / 1e6;
    }

    @Override
    public void close() throws SQLException {
        ends = true;
        connection.close();
    }
}
