package dev.realms.migration.rollback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.migration.control.PlainMigration;
import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.ExpandSchema;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.migration.schema.LaterVersion;
import dev.realms.migration.schema.SchemaException;
import dev.realms.migration.schema.StageRun;
import dev.realms.migration.schema.TestSql;
import dev.realms.security.secret.TestKeys;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The next version, with scripts between and after those of this one, is deployed wherever the migration stands. */
@DatabaseTest
class LaterVersionTest {

    private static final String[] ROWS = {
        "INSERT INTO users (id, name, email) SELECT md5(n::text)::uuid, 'u', n || '@example.com' FROM generate_series(1, 20) AS n",
        "INSERT INTO documents (id, name, type, user_id) SELECT id, 'o', 't', id FROM users",
    };

    private static final Map<String, String> SCRIPTS = Map.of(
            "expand/V7_1__documents_reviewed_at.sql",
            "ALTER TABLE documents ADD COLUMN reviewed_at timestamptz",
            "expand/V99__reviews.sql",
            "CREATE TABLE reviews (reviewed_at timestamptz)",
            "contract/V8_1__documents_reviewed_check.sql",
            "ALTER TABLE documents ADD CONSTRAINT documents_reviewed_check CHECK (reviewed_at IS NULL OR realm_id IS NOT NULL) NOT VALID",
            "contract/V99__documents_reviewed_validate.sql",
            "ALTER TABLE documents VALIDATE CONSTRAINT documents_reviewed_check",
            "rollback-contract/V1_1__documents_reviewed_check.sql",
            "ALTER TABLE documents DROP CONSTRAINT IF EXISTS documents_reviewed_check",
            "rollback-expand/V1_1__documents_reviewed_at.sql",
            "ALTER TABLE documents DROP COLUMN IF EXISTS reviewed_at",
            "rollback-expand/V15_1__reviews.sql",
            "DROP TABLE IF EXISTS reviews",
            "finalize/V1_1__reviews.sql",
            "DROP TABLE reviews");

    private static LaterVersion later;
    private static List<String> before;
    private static List<String> migratedByTheLaterVersion;
    private TestSql database;

    @BeforeAll
    static void migrateWithTheLaterVersion(@TempDir Path folder) throws Exception {
        later = LaterVersion.with(folder, SCRIPTS);
        TestSql preRealm = new TestSql(FreshDatabases.preRealm(ROWS));
        before = SchemaDump.of(preRealm);
        later.run(() -> {
            start(preRealm);
            migrate(preRealm);
        });
        migratedByTheLaterVersion = schema(preRealm);
    }

    @BeforeEach
    void expand() throws Exception {
        database = new TestSql(FreshDatabases.expanded(ROWS));
    }

    private enum Stand {
        EXPANDED,
        PAUSED,
        IN_CONTRACT,
        MIGRATED,
        ROLLED_BACK
    }

    @ParameterizedTest
    @EnumSource
    void theMigrationGoesOnAndTheWayBackIsWhole(Stand stand) throws Exception {
        arrive(stand);

        later.run(() -> {
            start(database);
            if (stand == Stand.ROLLED_BACK) {
                assertThat(SchemaDump.of(database)).isEqualTo(before);
                rollback().startAgain();
            }
            if (stand != Stand.MIGRATED) {
                migrate(database);
            }

            assertThat(schema(database)).isEqualTo(migratedByTheLaterVersion);
            rollback().run();
            assertThat(SchemaDump.of(database)).isEqualTo(before);
        });
    }

    /** What the later version takes back before a script that has run already, it takes back now. */
    @ParameterizedTest
    @ValueSource(ints = {9, 27})
    void aRollbackThatEndedEarlyGoesOn(int scripts) throws Exception {
        database = migrated();
        rollBackUntil(scripts);

        later.run(() -> {
            start(database);
            rollback().run();
        });

        assertThat(SchemaDump.of(database)).isEqualTo(before);
    }

    @Test
    void aFinalizedDatabaseGetsTheScriptsOfAllStages() throws Exception {
        database = migrated();
        StageRun.finalization(database.database()).run(() -> false);
        database.run("UPDATE migration.state SET state = 'finalized'");

        later.run(() -> start(database));

        assertThat(database.ask(
                        "SELECT version FROM migration.flyway_contract WHERE version IN ('8.1', '99') ORDER BY 1"))
                .containsExactly("8.1", "99");
        assertThat(database.ask("SELECT to_regclass('reviews')")).containsOnlyNulls();
    }

    private enum Later {
        EXPANDED,
        MIGRATED,
        ROLLING_BACK
    }

    /** It could neither work with what the scripts made nor take that back. */
    @ParameterizedTest
    @EnumSource
    void anEarlierVersionChangesNothing(Later state) throws Exception {
        later.run(() -> {
            start(database);
            if (state != Later.EXPANDED) {
                migrate(database);
            }
            if (state == Later.ROLLING_BACK) {
                rollBackUntil(9);
            }
        });
        List<String> found = everything();

        assertThatThrownBy(() -> start(database))
                .isInstanceOf(SchemaException.class)
                .hasMessage(
                        "The database is of a later version, which has run V7_1__documents_reviewed_at.sql of db/expand:"
                                + " start that version, or a later one.");

        assertThat(everything()).isEqualTo(found);
    }

    /** A node of the earlier version that serves while the next one is being deployed. */
    @Test
    void anEarlierVersionDoesNotRollBackWhatALaterOneMade() throws Exception {
        later.run(() -> start(database));
        List<String> found = everything();

        assertThatThrownBy(() -> rollback().run())
                .isInstanceOf(SchemaException.class)
                .hasMessageStartingWith("The database is of a later version");

        assertThat(everything()).isEqualTo(found);
    }

    @Test
    void anEarlierVersionMigratesWhatTheLaterOneHasTakenBack() throws Exception {
        List<String> expanded = schema(database);
        later.run(() -> {
            start(database);
            migrate(database);
            rollback().run();
        });

        start(database);
        rollback().startAgain();

        assertThat(schema(database)).isEqualTo(expanded);
    }

    private void arrive(Stand stand) throws SQLException {
        switch (stand) {
            case EXPANDED -> {}
            case PAUSED ->
                database.run(
                        "UPDATE migration.state SET state = 'running'",
                        "SELECT ensure_default_realm(id) FROM users WHERE id < '80000000-0000-0000-0000-000000000000'",
                        "UPDATE migration.state SET state = 'paused'");
            case IN_CONTRACT -> {
                new PlainMigration(database.database()).moveRows();
                AtomicInteger asked = new AtomicInteger();
                assertThatThrownBy(() -> StageRun.contract(database.database()).run(() -> asked.incrementAndGet() > 20))
                        .hasMessageContaining("stopped before");
                database.run(
                        "UPDATE migration.state SET state = 'running'", "UPDATE migration.state SET state = 'failed'");
            }
            case MIGRATED -> database = migrated();
            case ROLLED_BACK -> {
                database = migrated();
                rollback().run();
            }
        }
    }

    private void rollBackUntil(int scripts) {
        AtomicInteger asked = new AtomicInteger();
        assertThatThrownBy(() -> rollback().run(step -> {}, () -> asked.incrementAndGet() > scripts))
                .isInstanceOf(RollbackListener.RollbackStopped.class);
    }

    /** Whatever the order of columns. */
    private static List<String> schema(TestSql database) throws SQLException {
        return SchemaDump.all(database).stream()
                .map(line -> line.replaceFirst("^(column \\S+) \\d+", "$1"))
                .sorted()
                .toList();
    }

    private List<String> everything() throws SQLException {
        List<String> lines = new ArrayList<>(SchemaDump.all(database));
        lines.addAll(database.ask("SELECT h::text FROM migration.flyway_expand AS h ORDER BY installed_rank"));
        return lines;
    }

    private static TestSql migrated() throws SQLException {
        return new TestSql(FreshDatabases.migrated(ROWS));
    }

    private static void start(TestSql database) {
        new ExpandSchema(database.database(), FreshDatabases.APP_USER).run();
    }

    private static void migrate(TestSql database) throws SQLException {
        new PlainMigration(database.database()).complete();
    }

    private PlainRollback rollback() {
        return new PlainRollback(database.database(), TestKeys.box());
    }
}
