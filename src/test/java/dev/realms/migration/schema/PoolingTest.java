package dev.realms.migration.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.realms.testing.PgBouncer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What lies between a role and PostgreSQL is noticed with the real PgBouncer in each mode, and nothing is left with its clients. */
@DatabaseTest
class PoolingTest {

    private static final String OWNER_FAULT =
            "realms.db.url leads through a pooler that does not keep sessions (pool_mode is transaction or statement):"
                    + " name PostgreSQL itself there, and the pooler in realms.db.app.url.";

    /** What PgBouncer sets in each session to what its client has asked for. */
    static final String OF_THE_POOLER = "'application_name', 'client_encoding', 'DateStyle', 'TimeZone'";

    private static PGSimpleDataSource database;

    @BeforeAll
    static void require() throws SQLException {
        assumeTrue(PgBouncer.isInstalled(), "PgBouncer is not installed");
        database = (PGSimpleDataSource) FreshDatabases.empty();
        // A pooler knows no such parameter.
        database.setCurrentSchema(null);
    }

    /** However many sessions it has at hand, and whichever of them somebody was the last to use. */
    @ParameterizedTest
    @CsvSource({"session, 8", "transaction, 1", "transaction, 2", "transaction, 8", "statement, 1", "statement, 8"})
    void isNoticed(String mode, int sessions) throws SQLException {
        try (PgBouncer pooler = start(mode, sessions)) {
            String url = pooler.url(database.getUrl());
            warm(url, sessions);

            assertThat(Pooling.faultOfOwner(() -> connect(url)).orElse("none"))
                    .isEqualTo(mode.equals("session") ? "none" : OWNER_FAULT);
            assertThat(Pooling.faultOfRuntimeRole(() -> connect(url)).orElse("none"))
                    .startsWith(
                            switch (mode) {
                                case "session" -> "none";
                                case "transaction" ->
                                    "realms.db.app.url leads through a pooler that does not keep sessions (pool_mode is"
                                            + " transaction): add prepareThreshold=0 to it";
                                default -> "realms.db.app.url leads through a pooler that does not keep transactions";
                            });
            assertThat(Pooling.faultOfRuntimeRole(() -> connect(url + "&prepareThreshold=0"))
                            .isPresent())
                    .isEqualTo(mode.equals("statement"));
            assertThat(left(url, sessions)).isEmpty();
        }
    }

    @Test
    void isNoneBeforePostgreSqlItself() throws SQLException {
        assertThat(Pooling.faultOfOwner(database::getConnection)).isEmpty();
        assertThat(Pooling.faultOfRuntimeRole(database::getConnection)).isEmpty();
    }

    private static PgBouncer start(String mode, int sessions) {
        return PgBouncer.start(
                mode, database.getPortNumbers()[0], Map.of(database.getUser(), database.getPassword()), sessions);
    }

    private static void warm(String url, int sessions) throws SQLException {
        List<Connection> all = new ArrayList<>();
        for (int i = 0; i < Math.min(sessions, 4); i++) {
            all.add(connect(url));
        }
        for (Connection one : all) {
            texts(one, "SELECT 1");
            one.close();
        }
    }

    /** What the next clients of the pooler find in its sessions. */
    private static List<String> left(String url, int sessions) throws SQLException {
        List<String> left = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            try (Connection next = connect(url)) {
                left.addAll(texts(next, "SELECT statement FROM pg_prepared_statements"));
                left.addAll(texts(
                        next,
                        "SELECT name FROM pg_settings WHERE source = 'session' AND name NOT IN (" + OF_THE_POOLER
                                + ")"));
            }
        }
        try (Connection direct = database.getConnection()) {
            left.addAll(texts(direct, "SELECT locktype FROM pg_locks WHERE locktype = 'advisory'"));
            left.addAll(texts(direct, "SELECT query FROM pg_stat_activity WHERE state LIKE 'idle in%'"));
        }
        return left;
    }

    private static Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, database.getUser(), database.getPassword());
    }

    static List<String> texts(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }
}
