package dev.realms.migration.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.migration.answer.PreflightAnswers;
import dev.realms.migration.check.Preflight;
import dev.realms.migration.check.PreflightReport;
import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.ExpandSchema;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.migration.schema.StageRun;
import dev.realms.migration.schema.TestSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@DatabaseTest
class ForecastTest {

    private static final String EVERY_ROW = """
            SELECT xmin || ' ' || ctid || ' ' || id FROM users UNION ALL SELECT xmin || ' ' || ctid || ' ' || id FROM documents
            UNION ALL SELECT xmin || ' ' || ctid || ' ' || id FROM jobs UNION ALL SELECT id::text FROM realms
            UNION ALL SELECT id_ending FROM migration.changes ORDER BY 1""";

    private static DataSource owner;
    private static PreRealmDatabase database;

    @BeforeAll
    static void load() throws SQLException {
        owner = FreshDatabases.empty();
        database = PreRealmDatabase.expanded(owner, 100);
    }

    /** Far from exact, since tests are not alone on their machine; a wrong unit or a forgotten part would be farther off. */
    @Test
    void comesNearToWhatTheMigrationTakes() throws SQLException {
        DataSource another = FreshDatabases.empty();
        PreRealmDatabase.expanded(another, 100);
        PreflightReport report = preflight(another);
        long start = System.nanoTime();

        PlainMigration migration = new PlainMigration(another);
        migration.verifyAfterMoving();
        StageRun.contract(another).run(() -> false);

        double seconds = (System.nanoTime() - start) / 1e9;
        assertThat((double) report.expectedSeconds()).isBetween(seconds / 20, 20 * seconds + 1);
        assertThat(preflight(another).forecast().rowsPerSecond())
                .as("nothing is left")
                .isEmpty();
    }

    /** By how fast rows are read, which is all that can be known of tables with nothing of ours on them. */
    @Test
    void saysHowLongItTakesBeforeAnythingIsChanged() throws SQLException {
        DataSource another = FreshDatabases.preRealm();
        new TestSql(another)
                .run(
                        "INSERT INTO users (id, name, email) SELECT md5(n::text)::uuid, 'u', n || '@example.com' FROM generate_series(1, 20000) AS n",
                        "INSERT INTO api_keys (id, name, key, [user_id]) SELECT id, 'k', 'sk_' || id, id FROM users");
        PreflightReport report = preflight(another);
        new ExpandSchema(another, FreshDatabases.APP_USER).run();

        assertThat(report.forecast().rowsPerSecond()).isEmpty();
        double expected = preflight(another).expectedSeconds();
        assertThat((double) report.expectedSeconds())
                .isBetween(expected / 20, 20 * expected + 1)
                .isPositive();
    }

    @Test
    void triesRowsOfEveryTableAndChangesNone() throws SQLException {
        List<String> before = database.askAll(EVERY_ROW);

        PreflightReport report = preflight(owner);

        assertThat(report.forecast().rowsPerSecond())
                .containsOnlyKeys(report.rows().keySet());
        assertThat(report.forecast().rowsPerSecond().values()).allMatch(speed -> speed > 0);
        assertThat(report.forecast().sampledRows()).isBetween(300L, 3_000L);
        assertThat(database.askAll(EVERY_ROW)).isEqualTo(before);
    }

    @Test
    void waitsForNobody() throws SQLException {
        try (Connection writer = owner.getConnection();
                Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("UPDATE documents SET name = name");

            PreflightReport report = preflight(owner);

            assertThat(report.forecast().rowsPerSecond())
                    .doesNotContainKey("documents")
                    .containsKey("jobs");
        }
    }

    /** By a constraint, or a trigger of the installation's own: the migration will list such a row. */
    @Test
    void leavesOutWhatIsRefused() throws SQLException {
        database.execute("ALTER TABLE documents ADD CONSTRAINT refused CHECK (realm_id IS NULL) NOT VALID");
        database.execute(
                "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'not now'; END $$");
        database.execute("CREATE TRIGGER refused BEFORE UPDATE ON databases FOR EACH ROW EXECUTE FUNCTION refuse()");
        try {
            PreflightReport report = preflight(owner);

            assertThat(report.forecast().rowsPerSecond())
                    .doesNotContainKeys("documents", "databases")
                    .containsKey("jobs");
        } finally {
            database.execute("ALTER TABLE documents DROP CONSTRAINT refused");
            database.execute("DROP FUNCTION refuse() CASCADE");
        }
    }

    private static PreflightReport preflight(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            return Preflight.run(connection, FreshDatabases.APP_USER, PreflightAnswers.NONE);
        }
    }
}
