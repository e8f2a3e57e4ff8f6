package dev.realms.testing.oldapplication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.migration.schema.TestSql;
import dev.realms.testing.oldapplication.OldApplicationLoad.Waits;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The application on a database of its time, with nothing of ours in it: all goes well there, and whatever is wrong with it shows. */
@DatabaseTest
class OldApplicationTest {

    private static final Map<OldApplicationShape, DataSource> FILLED = new EnumMap<>(OldApplicationShape.class);

    private DataSource database;

    @ParameterizedTest
    @EnumSource
    void findsNothingWrongWhereNothingIs(OldApplicationShape shape) throws SQLException {
        fill(shape);
        List<String> before = everyValue(database);

        assertThat(failures(shape)).isEmpty();

        assertThat(everyValue(database)).isEqualTo(before);
    }

    @Test
    void doesTheSameOnBothShapes() {
        assertThat(names(OldApplicationShape.SNAKE_CASE)).containsAll(names(OldApplicationShape.PRISMA));
    }

    @ParameterizedTest
    @EnumSource
    void namesEachOperationOnce(OldApplicationShape shape) {
        assertThat(names(shape)).doesNotHaveDuplicates().hasSizeGreaterThan(80);
    }

    @Test
    void asksForRowsThatWereThere() throws SQLException {
        database = FreshDatabases.empty();
        new TestSql(database).run(OldApplicationShape.PRISMA.schema());

        assertThat(OldApplicationCheck.failures(database, OldApplicationShape.PRISMA))
                .contains("a row that was there: users is empty");
    }

    /** One fault of each kind, seen by an operation that it is about. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DROP INDEX \"databases_name_userId_key\" | a second database of the same name | gave",
                "DROP INDEX \"databases_name_userId_key\" | upsert a database by name and user, there | 42P10",
                "DROP INDEX users_email_key | upsert a user by e-mail who is there | 42P10",
                "DROP INDEX api_keys_key_key | a second API key that is the same | gave",
                "ALTER TABLE documents RENAME COLUMN \"uploadDate\" TO upload_date | read a document by id | 42703",
                "ALTER TABLE documents ALTER state TYPE text | list documents by state | 42883",
                "ALTER TABLE users ALTER \"createdAt\" TYPE timestamptz USING \"createdAt\" AT TIME ZONE 'Asia/Tokyo' | sign up | gave",
                "ALTER TABLE documents DROP CONSTRAINT \"documents_userId_fkey\" | a document of nobody | gave",
                "ALTER TABLE jobs DROP CONSTRAINT \"jobs_documentId_fkey\" | its jobs are gone | gave",
                "ALTER TABLE databases DROP CONSTRAINT \"databases_serverId_fkey\" | its databases are gone | gave",
                "ALTER TABLE documents DROP CONSTRAINT \"documents_databaseId_fkey\" | its document is in none now | gave",
                "REVOKE UPDATE ON jobs FROM old_application | touch a job that was there | 42501",
                "ALTER TABLE documents ENABLE ROW LEVEL SECURITY | a row that was there | documents is empty",
                "CREATE FUNCTION skip() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; CREATE TRIGGER skip BEFORE UPDATE ON documents FOR EACH ROW EXECUTE FUNCTION skip() | touch a document that was there | gave []",
                "CREATE RULE once AS ON DELETE TO api_keys DO INSTEAD NOTHING | delete an API key | 0A000"
            })
    void seesWhatIsWrongWithThePrismaShape(String fault, String operation, String symptom) throws SQLException {
        seesWhatIsWrong(OldApplicationShape.PRISMA, fault, operation, symptom);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ALTER TABLE databases DROP CONSTRAINT databases_name_user_id_key | a second database of the same name | changed",
                "ALTER TABLE databases DROP CONSTRAINT databases_name_user_id_key | upsert a database by name and user, new | 42P10",
                "ALTER TABLE api_keys DROP CONSTRAINT api_keys_key_key | upsert an API key by key, there | 42P10",
                "ALTER TABLE documents ADD realm_id uuid | read a document by id | gave",
                "ALTER TABLE documents DROP CONSTRAINT documents_state_check | a document in no state that there is | changed",
                "ALTER TABLE documents ALTER name DROP NOT NULL | a document without a name | changed",
                "ALTER TABLE documents ALTER state DROP DEFAULT | add a document | 23502",
                "ALTER TABLE users ALTER id DROP DEFAULT | sign up | 23502",
                "ALTER TABLE documents DROP CONSTRAINT documents_user_id_fkey | all that was theirs is gone | gave",
                "REVOKE SELECT ON api_keys FROM old_application | find who has an API key | 42501"
            })
    void seesWhatIsWrongWithTheOtherShape(String fault, String operation, String symptom) throws SQLException {
        seesWhatIsWrong(OldApplicationShape.SNAKE_CASE, fault, operation, symptom);
    }

    private void seesWhatIsWrong(OldApplicationShape shape, String fault, String operation, String symptom)
            throws SQLException {
        fill(shape);
        new TestSql(database).run(fault);

        assertThat(failures(shape))
                .anySatisfy(failure ->
                        assertThat(failure).startsWith(operation + ": ").contains(symptom));
    }

    @ParameterizedTest
    @EnumSource
    void worksAtASteadyPaceAndLeavesNothing(OldApplicationShape shape) throws Exception {
        fill(shape);
        List<String> before = everyValue(database);
        long start = System.nanoTime();
        try (OldApplicationLoad load = new OldApplicationLoad(OldApplicationRole.of(database), shape, 3, 200)
                .with(1)
                .begin("first")) {
            LockSupport.parkNanos(Duration.ofMillis(400).toNanos());
            load.enter("second");
            LockSupport.parkNanos(Duration.ofMillis(400).toNanos());
            int sent =
                    load.waits().values().stream().mapToInt(Waits::statements).sum();
            double seconds = (System.nanoTime() - start) / 1e9;
            load.end();

            assertThat(load.failures()).isEmpty();
            assertThat(sent).isBetween(10, (int) (200 * seconds) + 210);
            assertThat(load.waits()).containsOnlyKeys("first", "second");
            assertThat(load.waits().values())
                    .allSatisfy(waits -> assertThat(waits.p50())
                            .isPositive()
                            .isLessThanOrEqualTo(waits.p99())
                            .isLessThanOrEqualTo(waits.longest()));
            assertThat(load.waits("second")).hasSizeGreaterThan(5);
        }
        assertThat(everyValue(database)).isEqualTo(before);
    }

    @Test
    void tellsHowLongItWaitedAndForWhat() throws Exception {
        fill(OldApplicationShape.PRISMA);
        try (OldApplicationLoad load = new OldApplicationLoad(
                                OldApplicationRole.of(database), OldApplicationShape.PRISMA, 2, 1000)
                        .begin("free");
                Connection owner = database.getConnection();
                Statement statement = owner.createStatement()) {
            LockSupport.parkNanos(Duration.ofMillis(400).toNanos());
            load.enter("locked");
            owner.setAutoCommit(false);
            statement.execute("LOCK TABLE jobs");
            LockSupport.parkNanos(Duration.ofMillis(900).toNanos());
            owner.rollback();
            load.end();

            assertThat(load.failures()).isEmpty();
            assertThat(load.waits().get("locked").longest()).isGreaterThan(Duration.ofMillis(500));
        }
    }

    @Test
    void tellsWhatFailedAndGoesOn() throws Exception {
        fill(OldApplicationShape.SNAKE_CASE);
        try (OldApplicationLoad load = new OldApplicationLoad(
                        OldApplicationRole.of(database), OldApplicationShape.SNAKE_CASE, 2, 1000)
                .begin("whole")) {
            LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
            load.enter("broken");
            new TestSql(database).run("ALTER TABLE api_keys RENAME last_used TO used");
            LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
            new TestSql(FreshDatabases.asSuperuser(database))
                    .run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'old_application'");
            LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
            load.end();

            assertThat(load.failures())
                    .allMatch(failure -> failure.startsWith("broken: "))
                    .anyMatch(failure -> failure.startsWith("broken: use an API key: 42703 "))
                    .anyMatch(failure -> failure.contains(" 57P01 "));
        }
    }

    private void fill(OldApplicationShape shape) throws SQLException {
        DataSource filled = FILLED.get(shape);
        if (filled == null) {
            filled = FreshDatabases.empty();
            new TestSql(filled).run(shape.schema(), shape.rows(20));
            new TestSql(FreshDatabases.asSuperuser(filled)).run(OldApplicationRole.GRANTS);
            FILLED.put(shape, filled);
        }
        database = FreshDatabases.copyOf(filled);
    }

    private List<String> failures(OldApplicationShape shape) throws SQLException {
        return OldApplicationCheck.failures(OldApplicationRole.of(database), shape);
    }

    /** Of all tables. */
    static List<String> everyValue(DataSource database) throws SQLException {
        StringBuilder tables = new StringBuilder();
        for (String table : OldApplicationRole.TABLES) {
            tables.append(tables.isEmpty() ? "" : " UNION ALL ")
                    .append("SELECT '%1$s ' || t::text FROM %1$s AS t".formatted(table));
        }
        return new TestSql(database).ask(tables + " ORDER BY 1");
    }

    private static List<String> names(OldApplicationShape shape) {
        return shape.operations().stream().map(OldApplicationOperation::name).toList();
    }
}
