package dev.realms.migration.move;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.migration.control.PlainMigration;
import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.migration.schema.TestSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@DatabaseTest
class ChunkTest {

    private static final String TEN_KEYS =
            "INSERT INTO api_keys (name, key, user_id) SELECT n, n, id FROM users, generate_series(1, 10) AS n";

    private TestSql database;

    @BeforeEach
    void expand() throws Exception {
        database = new TestSql(FreshDatabases.expanded(
                "INSERT INTO users (name, email) VALUES ('Anna', 'anna@example.com')", TEN_KEYS));
    }

    @Test
    void movesWhatIsLeftAndNothingTwice() throws Exception {
        try (Connection connection = database.database().getConnection()) {
            ProgressTable.reset(connection);
            assertThat(Chunk.run(connection, Portions.of("users"), KeyRange.ALL).done())
                    .isEqualTo(1);
            assertThat(Chunk.run(connection, Portions.of("users"), KeyRange.ALL).done())
                    .isZero();
            assertThat(Chunk.run(connection, Portions.of("api_keys"), KeyRange.ALL)
                            .done())
                    .isEqualTo(10);
            assertThat(Chunk.run(connection, Portions.of("api_keys"), KeyRange.ALL)
                            .done())
                    .isZero();
        }

        assertThat(database.ask("SELECT done || ' of ' || total FROM migration.progress WHERE table_name = 'api_keys'"))
                .containsExactly("10 of 10");
    }

    @Test
    void makesOneDefaultRealmForEveryUserWhateverTheirRealmsAreCalled() throws Exception {
        database.run(
                "ALTER TABLE users DISABLE TRIGGER users_default_realm",
                "INSERT INTO users (name, email) VALUES ('Bert', 'bert@example.com'), ('Carl', 'carl@example.com')",
                "ALTER TABLE users ENABLE TRIGGER users_default_realm",
                "INSERT INTO realms (name, user_id) SELECT 'dEFAULT', id FROM users WHERE name = 'Bert'",
                "SELECT ensure_default_realm(id) FROM users WHERE name = 'Carl'");

        try (Connection connection = database.database().getConnection()) {
            ProgressTable.reset(connection);
            assertThat(Chunk.run(connection, Portions.of("users"), KeyRange.ALL).done())
                    .isEqualTo(2);
            assertThat(Chunk.run(connection, Portions.of("users"), KeyRange.ALL).done())
                    .isZero();
        }

        assertThat(database.ask("SELECT users.name || ': ' || realms.name FROM realms JOIN users ON users.id = user_id"
                        + " WHERE is_default ORDER BY 1"))
                .containsExactly("Anna: Default", "Bert: Default 2", "Carl: Default");
    }

    @Test
    void movesTheFirstAndTheLastKeyThereCanBe() throws Exception {
        for (String id : List.of("00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff")) {
            database.run(
                    "ALTER TABLE users DISABLE TRIGGER USER",
                    "INSERT INTO users (id, name, email) VALUES ('%1$s', 'Edge', '%1$s@example.com')".formatted(id),
                    "ALTER TABLE users ENABLE TRIGGER USER",
                    "ALTER TABLE api_keys DISABLE TRIGGER USER",
                    "INSERT INTO api_keys (id, name, key, user_id) VALUES ('%1$s', 'Edge', '%1$s', '%1$s')"
                            .formatted(id),
                    "ALTER TABLE api_keys ENABLE TRIGGER USER");
        }

        new PlainMigration(database.database()).moveRows();

        assertThat(database.ask("SELECT id FROM api_keys WHERE realm_id IS NULL"))
                .isEmpty();
        assertThat(database.ask("SELECT count(*)::text FROM realms WHERE is_default"))
                .containsExactly("3");
    }

    @Test
    void touchesNothingButTheRealmAndTheKeyOfTheName() throws Exception {
        String everythingElse = "SELECT (to_jsonb(k) - 'realm_id' - 'name_key')::text FROM api_keys k ORDER BY id";
        var before = database.ask(everythingElse);

        new PlainMigration(database.database()).moveRows();

        assertThat(database.ask(everythingElse)).isEqualTo(before);
        assertThat(database.ask("SELECT id FROM api_keys WHERE realm_id IS NULL"))
                .isEmpty();
    }

    @Test
    void handsOutPortionsInTheOrderOfTheKey() throws Exception {
        try (Connection connection = database.database().getConnection()) {
            KeyRange first = Portions.of("api_keys").next(connection, null, 4).orElseThrow();
            KeyRange last =
                    Portions.of("api_keys").next(connection, first.upTo(), 100).orElseThrow();

            assertThat(database.ask("SELECT id FROM api_keys ORDER BY id OFFSET 3 LIMIT 1"))
                    .containsExactly(first.upTo());
            assertThat(database.ask("SELECT id FROM api_keys ORDER BY id DESC LIMIT 1"))
                    .containsExactly(last.upTo());
            assertThat(Portions.of("api_keys").next(connection, last.upTo(), 100))
                    .isEmpty();
        }
    }

    @Test
    void triesAgainWhenARowIsLocked() throws Exception {
        new PlainMigration(database.database()).moveRows();
        database.run("UPDATE api_keys SET realm_id = NULL");
        try (Connection writer = database.database().getConnection();
                Connection connection = database.database().getConnection();
                Statement lock = writer.createStatement();
                Statement impatience = connection.createStatement()) {
            writer.setAutoCommit(false);
            lock.execute("UPDATE api_keys SET name = name");
            impatience.execute("SET lock_timeout = '50ms'");
            CompletableFuture<Void> release = CompletableFuture.runAsync(
                    () -> commit(writer), CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));

            assertThat(Chunk.run(connection, Portions.of("api_keys"), KeyRange.ALL)
                            .done())
                    .isEqualTo(10);

            release.join();
            assertThat(connection.getAutoCommit()).isTrue();
        }
    }

    @Test
    void leavesNoHalfOfAFailedPortion() throws Exception {
        new PlainMigration(database.database()).moveRows();
        database.run(
                "UPDATE api_keys SET realm_id = NULL",
                "ALTER TABLE api_keys ADD CONSTRAINT broken CHECK (realm_id IS NULL OR name <> '7') NOT VALID");
        try (Connection connection = database.database().getConnection()) {
            assertThatThrownBy(() -> Chunk.run(connection, Portions.of("api_keys"), KeyRange.ALL))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("broken");
        }

        assertThat(database.ask("SELECT id FROM api_keys WHERE realm_id IS NOT NULL"))
                .isEmpty();
        assertThat(database.ask("SELECT done FROM migration.progress WHERE table_name = 'api_keys'"))
                .containsExactly("10");
    }

    private static void commit(Connection connection) {
        try {
            connection.commit();
        } catch (SQLException fault) {
            throw new IllegalStateException(fault);
        }
    }
}
