package dev.realms.testing.oldapplication;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * The application at work: several connections go through all operations again and again, at a steady pace together, until they are ended.
 * Each ends its round then, so that nothing of it is left. A connection that is lost is a failure, and another takes its place; the rows of
 * its round stay.
 */
public final class OldApplicationLoad implements AutoCloseable {

    /**
     * How long statements took, each from its sending to its answer.
     *
     * @param slowest the operation to which the longest belongs
     */
    public record Waits(int statements, Duration p50, Duration p99, Duration longest, String slowest) {

        private static Waits of(List<Wait> waits) {
            List<Wait> sorted = waits.stream()
                    .sorted((a, b) -> Long.compare(a.nanoseconds, b.nanoseconds))
                    .toList();
            Wait last = sorted.get(sorted.size() - 1);
            return new Waits(
                    sorted.size(), percentile(sorted, 50), percentile(sorted, 99), last.duration(), last.operation);
        }

        private static Duration percentile(List<Wait> sorted, int percent) {
            return sorted.get((sorted.size() * percent + 99) / 100 - 1).duration();
        }
    }

    private record Wait(String operation, long nanoseconds) {

        Duration duration() {
            return Duration.ofNanos(nanoseconds);
        }
    }

    private final DataSource database;
    private final List<OldApplicationOperation> operations;
    private final List<OldApplicationOperation> anytime;
    private final List<Thread> threads = new ArrayList<>();
    private final long interval;
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final Map<String, List<Wait>> waits = new LinkedHashMap<>();
    private ExistingRows existing;
    private int more;
    private volatile String label = "";
    private volatile boolean ended;

    /** @param statementsPerSecond of all connections together, if the database keeps up */
    public OldApplicationLoad(
            DataSource database, OldApplicationShape shape, int connections, double statementsPerSecond) {
        this.database = database;
        operations = shape.operations();
        anytime = operations.stream().filter(OldApplicationOperation::anytime).toList();
        interval = (long) (TimeUnit.SECONDS.toNanos(connections) / statementsPerSecond);
        for (int i = 0; i < connections; i++) {
            Random random = new Random(i);
            Thread thread = new Thread(() -> work(random), "old application " + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
    }

    /**
     * Between two operations of a round so many others are done to rows that were there, each found by a key. Without them half of the
     * statements are those that read whole tables where the shape has no index for them, as the Prisma shape has none on its references.
     */
    public OldApplicationLoad with(int operations) {
        more = operations;
        return this;
    }

    /** @param name of the state that the database is in, for {@link #waits} */
    public OldApplicationLoad begin(String name) throws SQLException {
        enter(name);
        try (Connection connection = database.getConnection()) {
            existing = ExistingRows.of(connection);
        }
        existing.failures().forEach(this::note);
        threads.forEach(Thread::start);
        return this;
    }

    /** From now on the database is in another state. */
    public void enter(String name) {
        label = name;
    }

    /** Everything that was not as it must be: the state, the operation, the SQLSTATE and the message, the statement. */
    public List<String> failures() {
        return failures;
    }

    /** By state, in the order in which they were entered, until the end was called for. */
    public Map<String, Waits> waits() {
        synchronized (waits) {
            return summaries(waits);
        }
    }

    /** Of one state, by operation. */
    public Map<String, Waits> waits(String name) {
        synchronized (waits) {
            return summaries(
                    waits.getOrDefault(name, List.of()).stream().collect(Collectors.groupingBy(Wait::operation)));
        }
    }

    private static Map<String, Waits> summaries(Map<String, List<Wait>> waits) {
        Map<String, Waits> summaries = new LinkedHashMap<>();
        waits.forEach((name, all) -> summaries.put(name, Waits.of(all)));
        return summaries;
    }

    /** Returns when the rounds have ended, which hurry now. */
    public void end() {
        ended = true;
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end();
    }

    private void work(Random random) {
        Pace pace = new Pace();
        while (!ended) {
            try (Connection connection = database.getConnection()) {
                while (!ended && !connection.isClosed()) {
                    round(connection, random, pace);
                }
            } catch (SQLException fault) {
                note("connect: " + fault.getSQLState() + " " + fault.getMessage());
                pace.before();
            }
        }
    }

    private void round(Connection connection, Random random, Pace pace) throws SQLException {
        OldApplicationSession session = new OldApplicationSession(connection, existing.any(random), pace);
        for (OldApplicationOperation operation : operations) {
            session.perform(operation).ifPresent(this::note);
            for (int i = 0; i < more && !ended && !connection.isClosed(); i++) {
                new OldApplicationSession(connection, existing.any(random), pace)
                        .perform(anytime.get(random.nextInt(anytime.size())))
                        .ifPresent(this::note);
            }
            if (connection.isClosed()) {
                return;
            }
        }
    }

    private void note(String failure) {
        failures.add(label + ": " + failure);
    }

    /** Of one connection. */
    private final class Pace implements OldApplicationSession.Watch {

        private long next = System.nanoTime();
        private boolean hurries;

        @Override
        public void before() {
            // What was missed while the database was slow is made up for, but for no more than a second.
            next = Math.max(next + interval, System.nanoTime() - TimeUnit.SECONDS.toNanos(1));
            while (!ended && System.nanoTime() < next) {
                LockSupport.parkNanos(next - System.nanoTime());
            }
            hurries = ended;
        }

        @Override
        public void after(String operation, long nanoseconds) {
            if (hurries) {
                return;
            }
            synchronized (waits) {
                waits.computeIfAbsent(label, name -> new ArrayList<>()).add(new Wait(operation, nanoseconds));
            }
        }
    }
}
