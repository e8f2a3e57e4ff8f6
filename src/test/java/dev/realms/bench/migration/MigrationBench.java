package dev.realms.bench.migration;

import dev.realms.bench.Medians;
import dev.realms.migration.control.PlainMigration;
import dev.realms.migration.schema.StageRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * What the migration costs, beside the ways that come to mind first, each on a fresh copy of one database and with an application
 * at work beside it. {@code -Drealms.bench.users=20000} for more users, {@code -Drealms.bench.rounds=5} for more rounds.
 */
class MigrationBench {

    private static final int USERS = Integer.getInteger("realms.bench.users", 5_000);
    private static final int ROUNDS = Integer.getInteger("realms.bench.rounds", 3);
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration SLOW_WAY = Duration.ofSeconds(60);
    private static final int LOOP = 5_000;

    private static final String HOT = """
            SELECT round(10000.0 * sum(n_tup_hot_upd) / nullif(sum(n_tup_upd), 0)) FROM pg_stat_user_tables
            WHERE relname IN ('database_servers', 'databases', 'documents', 'jobs', 'api_keys')""";

    /** @param walPerRow bytes; @param hot share of the updates */
    private record Measured(
            double rowsPerSecond,
            double walPerRow,
            double hot,
            double longest,
            int transactions,
            Neighbour.Latency neighbour,
            Waits waits) {}

    private double walPerUpdate;

    @AfterAll
    static void cleanUp() {
        Copies.drop();
    }

    @Test
    void besideOtherWays() throws Exception {
        Copies.prepare(USERS);
        Map<String, Ways.Way> ways = new LinkedHashMap<>();
        ways.put("idle", database -> {
            Thread.sleep(IDLE.toMillis());
            return 0;
        });
        ways.put("one user at a time, six statements", database -> Ways.userByUser(database, SLOW_WAY));
        ways.put("a bare loop of 5,000 rows by key", database -> Ways.bareLoop(database, LOOP));
        ways.put("ours, two transactions at a time", database -> Ways.ours(database, 2));
        ways.put("ours", database -> Ways.ours(database, 1));
        Map<String, List<Measured>> rounds = new LinkedHashMap<>();
        List<double[]> contracts = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (var way : ways.entrySet()) {
                DataSource database = Copies.fresh();
                boolean ours = way.getKey().equals("ours");
                double baseline =
                        way.getKey().startsWith("ours") ? seconds(() -> new PlainMigration(database).prepare()) : 0;
                rounds.computeIfAbsent(way.getKey(), name -> new ArrayList<>()).add(measure(database, way.getValue()));
                if (ours) {
                    double verification = seconds(() -> new PlainMigration(database).verify());
                    double contract = seconds(() -> StageRun.contract(database).run(() -> false));
                    contracts.add(new double[] {baseline, verification, contract});
                }
            }
        }
        print(rounds, contracts);
    }

    private Measured measure(DataSource database, Ways.Way way) throws Exception {
        Timed timed = new Timed(database);
        String lsn = "SELECT pg_current_wal_insert_lsn() - '0/0'";
        Waits waits = new Waits();
        try (waits;
                Neighbour neighbour = new Neighbour(database)) {
            long wal = Copies.ask(database, lsn);
            long start = System.nanoTime();
            long rows = way.run(timed);
            double seconds = (System.nanoTime() - start) / 1e9;
            Neighbour.Latency latency = neighbour.end();
            wal = Copies.ask(database, lsn) - wal;
            if (rows == 0) {
                walPerUpdate = (double) wal / latency.updates();
            }
            // What a session has counted arrives a moment after its end.
            Thread.sleep(1_500);
            return new Measured(
                    rows / seconds,
                    Math.max(0, wal - walPerUpdate * latency.updates()) / Math.max(1, rows),
                    Copies.ask(database, HOT) / 1e4,
                    timed.longestMilliseconds(),
                    timed.transactions(),
                    latency,
                    waits);
        }
    }

    private static void print(Map<String, List<Measured>> rounds, List<double[]> contracts) {
        say(
                "The migration of %,d users, medians of %d rounds, with 200 updates/s of another connection",
                USERS, ROUNDS);
        say(
                "%-36s %9s %7s %6s %6s %8s %24s",
                "", "rows/s", "x slow", "WAL/row", "HOT", "longest", "neighbour p50/p99/max ms");
        double slow = Medians.of(rounds.get("one user at a time, six statements"), Measured::rowsPerSecond);
        rounds.forEach((way, measured) -> say(
                "%-36s %,9.0f %7.1f %6.0f %5.0f%% %5.0f ms %10.1f /%6.1f /%6.1f",
                way,
                Medians.of(measured, Measured::rowsPerSecond),
                Medians.of(measured, Measured::rowsPerSecond) / slow,
                Medians.of(measured, Measured::walPerRow),
                100 * Medians.of(measured, Measured::hot),
                Medians.of(measured, Measured::longest),
                Medians.of(measured, m -> m.neighbour().median()),
                Medians.of(measured, m -> m.neighbour().p99()),
                Medians.of(measured, m -> m.neighbour().max())));
        Measured last = rounds.get("ours").get(ROUNDS - 1);
        say(
                "ours against the bare loop: %.2f; transactions: %d; baseline %.1f s, verification %.1f s, contract %.1f s",
                Medians.of(rounds.get("ours"), Measured::rowsPerSecond)
                        / Medians.of(rounds.get("a bare loop of 5,000 rows by key"), Measured::rowsPerSecond),
                last.transactions(),
                Medians.of(contracts, times -> times[0]),
                Medians.of(contracts, times -> times[1]),
                Medians.of(contracts, times -> times[2]));
        rounds.forEach((way, measured) -> {
            Waits waits = measured.get(ROUNDS - 1).waits();
            say("%s: movers at %s; neighbour at %s", way, waits.of("movers"), waits.of("neighbour"));
        });
        Memory memory = Memory.now();
        say("memory at most: this process %,d MB; PostgreSQL %,d MB now", memory.thisProcess(), memory.postgres());
    }

    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    private static double seconds(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
