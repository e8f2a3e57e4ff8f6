package dev.realms.migration.move;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.migration.control.PlainMigration;
import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.migration.schema.TestSql;
import dev.realms.migration.state.RunnerLease;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whether rows find room for their new versions on their own pages, in whatever order the keys are. */
@DatabaseTest
class StrideCountTest {

    private static final int ROWS = 20_000;
    private static final String IN_ORDER = "lpad(to_hex(n), 32, '0')::uuid";
    private static final String AT_RANDOM = "md5(n::text)::uuid";

    private TestSql database;

    @Test
    void goThroughKeysThatFollowTime() throws Exception {
        fill(IN_ORDER);

        assertThat(strides()).isEqualTo(8);
        assertThat(hotUpdates()).isGreaterThan(0.5);
    }

    @Test
    void areNotNeededForRandomKeys() throws Exception {
        fill(AT_RANDOM);

        assertThat(strides()).isEqualTo(1);
        assertThat(hotUpdates()).isGreaterThan(0.6);
    }

    @Test
    void areNotNeededWhereNoRowIsRewritten() throws Exception {
        fill(IN_ORDER);
        database.run("ANALYZE users");

        try (Connection connection = database.database().getConnection()) {
            assertThat(StrideCount.of(connection, Portions.of("users"))).isEqualTo(new StrideCount(1));
        }
    }

    private void fill(String id) throws Exception {
        database = new TestSql(FreshDatabases.expanded(
                "INSERT INTO users (id, name, email) SELECT lpad(to_hex(n), 32, '0')::uuid, n, n FROM generate_series(1, 100) AS n",
                "INSERT INTO api_keys (id, name, key, user_id) SELECT " + id
                        + ", n, n, lpad(to_hex(1 + n % 100), 32, '0')::uuid" + " FROM generate_series(1, " + ROWS
                        + ") AS n"));
        database.run(
                "SELECT ensure_default_realm(id) FROM users",
                "ALTER TABLE api_keys SET (autovacuum_enabled = off)",
                "ANALYZE api_keys",
                "INSERT INTO migration.limits VALUES ('ceilingRows', 1000), ('targetMilliseconds', 10000)");
        try (Connection connection = database.database().getConnection()) {
            ProgressTable.reset(connection);
        }
    }

    private int strides() throws SQLException {
        try (Connection connection = database.database().getConnection()) {
            return StrideCount.of(connection, Portions.of("api_keys")).count();
        }
    }

    /** Their share of all, when every row has been moved. */
    private double hotUpdates() throws Exception {
        try (Connection connection = database.database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(RunnerLease.SESSION);
            try (TableRun rows =
                    TableRun.of("api_keys", new PlainMigration(database.database()).sessions(connection))) {
                for (Optional<TableRun.ParallelPortions> wave = rows.next(() -> true);
                        wave.isPresent();
                        wave = rows.next(() -> true)) {
                    rows.work(wave.get());
                }
            }
        }
        assertThat(database.ask("SELECT count(*) FROM api_keys WHERE realm_id IS NULL"))
                .containsExactly("0");
        String hot = "SELECT n_tup_hot_upd FROM pg_stat_user_tables WHERE relname = 'api_keys' AND n_tup_upd = " + ROWS;
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (database.ask(hot).isEmpty()) {
            assertThat(Instant.now()).as("no statistics").isBefore(end);
            Thread.sleep(50);
        }
        return Double.parseDouble(database.ask(hot).get(0)) / ROWS;
    }
}
