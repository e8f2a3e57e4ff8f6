package dev.realms.migration.finalize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.migration.control.PlainMigration;
import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.ExpandSchema;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.migration.schema.StageRun;
import dev.realms.migration.schema.TestSql;
import dev.realms.migration.state.MigrationState;
import dev.realms.migration.state.StateStore;
import dev.realms.ops.AuditEntry;
import dev.realms.ops.ExclusiveJob;
import dev.realms.ops.OwnerDatabase;
import dev.realms.ops.PendingStarts;
import dev.realms.security.secret.Boxes;
import dev.realms.security.secret.SecretBox;
import dev.realms.security.secret.SecretBox.AssociatedData;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DatabaseTest
class FinalizationTest {

    private static final String[] TWO_USERS = {
        "INSERT INTO users (name, email) VALUES ('a', 'a@example.com'), ('b', 'b@example.com')",
        "INSERT INTO database_servers (name, type, host, port, password, api_key, user_id)"
                + " SELECT n, 'QDRANT', 'h', 1, 'password ' || n, 'key ' || n, id FROM users, generate_series(1, 250) AS n",
        "INSERT INTO api_keys (name, key, user_id) SELECT n, 'sk-' || name || n, id FROM users, generate_series(1, 300) AS n"
    };

    private static final String TABLES =
            "SELECT relnamespace::regnamespace || '.' || relname FROM pg_class WHERE relkind = 'r'"
                    + " AND relnamespace::regnamespace::text IN ('public', 'migration', 'realms_archive')";
    private static final String TRIGGERS =
            "SELECT relname || '.' || tgname FROM pg_trigger JOIN pg_class AS c ON c.oid = tgrelid WHERE NOT tgisinternal";

    private TestSql database;
    private SecretBox box;
    private OwnerDatabase owner;

    private static DataSource migrated;

    @BeforeAll
    static void migrate() throws Exception {
        migrated = FreshDatabases.expanded(TWO_USERS);
        new PlainMigration(migrated).complete();
        new TestSql(migrated)
                .run("CREATE SCHEMA IF NOT EXISTS realms_archive", "CREATE TABLE realms_archive.more (id uuid)");
    }

    @BeforeEach
    void copy() throws SQLException {
        database = new TestSql(FreshDatabases.copyOf(migrated));
        box = Boxes.of(database.database());
        owner = new OwnerDatabase(database.database());
    }

    @Test
    void hashesAndSealsAndDropsWhatThePreviewNames() throws Exception {
        Set<String> tables = new TreeSet<>(database.ask(TABLES));
        Set<String> triggers = new TreeSet<>(database.ask(TRIGGERS));
        List<String> everythingElse = everythingElse();
        List<FinalizationView.Table> toGo;
        List<String> triggersToGo;
        try (Connection connection = database.database().getConnection()) {
            toGo = DroppedObjects.tables(connection);
            triggersToGo = DroppedObjects.triggers(connection);
        }

        assertThat(finish(() -> false)).isEqualTo("finalized");

        assertThat(only("SELECT state FROM migration.state")).isEqualTo("finalized");
        assertThat(everythingElse()).isEqualTo(everythingElse);
        assertThat(database.ask("SELECT key FROM api_keys WHERE key !~ '^sha256:[0-9a-f]{64}:[0-9a-f]{32}$'"))
                .isEmpty();
        assertThat(
                        only(
                                "SELECT count(*) FROM api_keys WHERE api_key_hash(key) = api_key_hash('sk-' || (SELECT u.name FROM users u WHERE u.id = user_id) || name)"))
                .isEqualTo("600");
        for (String row : database.ask(
                "SELECT concat_ws(' ', realm_id, id, name, password, api_key) FROM database_servers LIMIT 50")) {
            String[] values = row.split(" ");
            assertThat(open(values, 3, "password")).isEqualTo("password " + values[2]);
            assertThat(open(values, 4, "api_key")).isEqualTo("key " + values[2]);
        }
        tables.removeAll(database.ask(TABLES));
        triggers.removeAll(database.ask(TRIGGERS));
        assertThat(toGo).extracting(FinalizationView.Table::name).containsExactlyElementsOf(tables);
        assertThat(triggersToGo).containsExactlyElementsOf(triggers);
        assertThat(new PlainMigration(database.database()).verify().sentence()).startsWith("All ");
    }

    /** Whenever the work is broken off, doing it again ends alike. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 5, 7})
    void goesOnAfterAnyBreak(int advances) throws Exception {
        AtomicInteger left = new AtomicInteger(advances);
        assertThatThrownBy(() -> finish(() -> left.decrementAndGet() < 0))
                .hasMessage("The application server stopped the job.");
        assertThat(only("SELECT state FROM migration.state")).isEqualTo("migrated");

        assertThat(finish(() -> false)).isEqualTo("finalized");

        assertThat(only("SELECT state FROM migration.state")).isEqualTo("finalized");
        assertThat(new PlainMigration(database.database()).verify().sentence()).startsWith("All ");
    }

    @Test
    void goesOnWhereOnlyTheStateIsLeftToMove() throws Exception {
        database.run("UPDATE migration.state SET finalizing_since = now()");
        StageRun.finalization(database.database()).run(() -> false);
        new ExpandSchema(database.database(), FreshDatabases.APP_USER).run();

        assertThat(finish(() -> false)).isEqualTo("finalized");

        assertThat(new PlainMigration(database.database()).verify().sentence()).startsWith("All ");
    }

    @Test
    void doesNothingThatNobodyHasConfirmed() throws Exception {
        Finalization finalization = new Finalization(new OwnerDatabase(database.database()), null, box, null);

        assertThat(finalization.run(null, () -> false)).isEqualTo("not confirmed");

        assertThat(only("SELECT state || coalesce(finalizing_since::text, '') FROM migration.state"))
                .isEqualTo("migrated");
        assertThat(only("SELECT act || ' ' || outcome FROM migration.audit_log ORDER BY id DESC LIMIT 1"))
                .isEqualTo("finalize refused");
    }

    @Test
    void leavesNoWayBackOnceItHasBegun() throws Exception {
        AtomicInteger left = new AtomicInteger(1);
        assertThatThrownBy(() -> finish(() -> left.decrementAndGet() < 0)).isNotNull();
        assertThat(only("SELECT finalizing_since IS NOT NULL FROM migration.state"))
                .isEqualTo("t");

        assertThatThrownBy(() -> database.run("UPDATE migration.state SET state = 'rolling-back'"))
                .hasMessageContaining("the finalization has begun");
        try (Connection connection = database.database().getConnection()) {
            assertThat(StateStore.move(
                            connection,
                            Set.of(MigrationState.MIGRATED),
                            MigrationState.ROLLING_BACK,
                            null,
                            AuditEntry.bySystem("rollback")))
                    .isFalse();
        }
    }

    @Test
    void changesNothingUntilItHasVerified() throws Exception {
        database.run(
                "BEGIN; SET LOCAL realms.migration = 'on'; UPDATE users SET name = 'changed behind our back' WHERE name = 'a'; COMMIT");
        String before = only("SELECT count(*) FROM api_keys WHERE key LIKE 'sk-%'");

        assertThatThrownBy(() -> finish(() -> false)).hasMessageContaining("Verification failed: unchanged (users");

        assertThat(only("SELECT count(*) FROM api_keys WHERE key LIKE 'sk-%'")).isEqualTo(before);
        assertThat(only("SELECT finalizing_since IS NULL FROM migration.state")).isEqualTo("t");
        database.run("UPDATE migration.state SET state = 'rolling-back'");
    }

    @Test
    void refusesInEveryOtherState() throws Exception {
        for (MigrationState state : MigrationState.values()) {
            database.run(
                    "ALTER TABLE migration.state DISABLE TRIGGER USER",
                    "UPDATE migration.state SET state = '" + state.text() + "'",
                    "ALTER TABLE migration.state ENABLE TRIGGER USER");
            if (state != MigrationState.MIGRATED) {
                assertThatThrownBy(() -> finish(() -> false))
                        .hasMessageContaining("The migration is " + state.text() + ": it can't finalize.");
            }
        }
        assertThat(only("SELECT count(*) FROM api_keys WHERE key LIKE 'sk-%'")).isEqualTo("600");
    }

    @Test
    void asksForTheKeyItNeeds() {
        assertThatThrownBy(() -> finish(() -> false, Boxes.withoutAKey()))
                .hasMessageContaining("This node has no key to seal credentials with (realms.secret-key)");
    }

    /** Ids are texts, in capitals or not. */
    @Test
    void hashesAndSealsWhatPrismaMade() throws Exception {
        database = new TestSql(
                FreshDatabases.prisma(
                        "INSERT INTO users (id, name, email, \"updatedAt\") VALUES ('ck_a', 'a', 'a@example.com', now()), ('CK_B', 'b', 'b@example.com', now())",
                        "INSERT INTO database_servers (id, name, type, host, port, password, \"apiKey\", \"userId\", \"updatedAt\")"
                                + " SELECT id || n, n, 'QDRANT', 'h', 1, 'password ' || n, 'key ' || n, id, now() FROM users, generate_series(1, 250) AS n",
                        "INSERT INTO api_keys (id, name, key, \"userId\", \"updatedAt\")"
                                + " SELECT id || n, n, 'sk-' || name || n, id, now() FROM users, generate_series(1, 300) AS n"));
        new ExpandSchema(database.database(), FreshDatabases.APP_USER).run();
        new PlainMigration(database.database()).complete();
        box = Boxes.of(database.database());
        owner = new OwnerDatabase(database.database());
        List<String> everythingElse = everythingElse();

        assertThat(finish(() -> false)).isEqualTo("finalized");

        assertThat(everythingElse()).isEqualTo(everythingElse);
        assertThat(only("SELECT count(*) FROM api_keys WHERE key ~ '^sha256:[0-9a-f]{64}:[0-9a-f]{32}$'"))
                .isEqualTo("600");
        for (String row : database.ask("SELECT concat_ws(' ', realm_id, id, name, password) FROM database_servers")) {
            String[] values = row.split(" ");
            assertThat(open(values, 3, "password")).isEqualTo("password " + values[2]);
        }
    }

    private String finish(BooleanSupplier stopped) throws Exception {
        return finish(stopped, box);
    }

    private String finish(BooleanSupplier stopped, SecretBox secrets) throws Exception {
        return new ExclusiveJob(owner, new PendingStarts(owner), "finalize-realms", 4711) {
            @Override
            protected Outcome work(ActiveRun run) throws Exception {
                return Finalization.finish(run, secrets);
            }
        }.run(null, stopped);
    }

    private String open(String[] row, int value, String field) {
        return box.open(row[value], AssociatedData.ofField(UUID.fromString(row[0]), row[1], field));
    }

    private List<String> everythingElse() throws SQLException {
        return database.ask("SELECT (to_jsonb(s) - 'password' - 'api_key')::text FROM database_servers AS s"
                + " UNION ALL SELECT (to_jsonb(k) - 'key')::text FROM api_keys AS k ORDER BY 1");
    }

    private String only(String sql) throws SQLException {
        return database.ask(sql).get(0);
    }
}
