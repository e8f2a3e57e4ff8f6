package dev.realms.migration.schema;

import static dev.realms.migration.schema.DatabaseShape.Kind.EMPTY;
import static dev.realms.migration.schema.DatabaseShape.Kind.OURS;
import static dev.realms.migration.schema.DatabaseShape.Kind.PRE_REALM;
import static dev.realms.migration.schema.DatabaseShape.Kind.UNKNOWN;
import static dev.realms.testing.oldapplication.OldApplicationShape.either;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.oldapplication.OldApplicationShape;
import java.sql.Connection;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DatabaseTest
class DatabaseShapeTest {

    @Test
    void knowsAnEmptyDatabase() throws Exception {
        assertThat(shape(FreshDatabases.empty())).isEqualTo(new DatabaseShape(EMPTY, null, ""));
    }

    @Test
    void knowsThePreRealmShape() throws Exception {
        assertThat(shape(FreshDatabases.preRealm()))
                .isEqualTo(new DatabaseShape(
                        PRE_REALM, new Origin("public", PreRealmShape.valueOf(OldApplicationShape.CHOSEN.name())), ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE _prisma_migrations (id int)",
                "CREATE INDEX further ON documents (name)",
                "DROP INDEX IF EXISTS idx_jobs_user_id",
                "CREATE SCHEMA reports CREATE TABLE users (id int)",
                "CREATE TABLE realms (id int)",
                "CREATE TABLE flyway_schema_history (installed_rank int, description text)",
                "ALTER TABLE users ADD COLUMN phone text",
                "ALTER TABLE users ADD COLUMN since date NOT NULL DEFAULT CURRENT_DATE",
                "ALTER TABLE users ADD COLUMN number bigint GENERATED ALWAYS AS IDENTITY",
                "ALTER TABLE jobs ADD CONSTRAINT more CHECK (percentage >= 0)",
                "CREATE UNIQUE INDEX more ON jobs (id, status)"
            })
    void toleratesWhatIsNoneOfItsBusiness(String sql) throws Exception {
        assertThat(shape(FreshDatabases.preRealm(sql)).kind()).isEqualTo(PRE_REALM);
    }

    @Test
    void refusesAnOwnerAsWhomFlywayCannotWork() throws Exception {
        try (Connection connection =
                        FreshDatabases.asSuperuser(FreshDatabases.preRealm()).getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("CREATE ROLE \"o'wner\"; SET ROLE \"o'wner\"");

            assertThat(DatabaseShape.of(connection).difference())
                    .contains("the owner role o'wner has an apostrophe in its name");
            connection.rollback();
        }
    }

    @Test
    void knowsItsOwnBooks() throws Exception {
        DataSource database =
                FreshDatabases.preRealm("CREATE SCHEMA migration", "CREATE TABLE migration.state (state text)");

        assertThat(shape(database)).isEqualTo(new DatabaseShape(OURS, null, ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ALTER TABLE users DROP COLUMN avatar                    | it lacks the column users.avatar text
                    DELETE FROM users; ALTER TABLE users ADD COLUMN phone text NOT NULL | it has the column users.phone, for which nobody but its own application has a value
                    ALTER TABLE users ALTER COLUMN avatar SET NOT NULL      | it has the column users.avatar text not null where the column users.avatar text belongs
                    ALTER TABLE jobs ALTER COLUMN percentage TYPE bigint    | it has the column jobs.percentage bigint not null where the column jobs.percentage integer not null belongs
                    ALTER TABLE api_keys DROP CONSTRAINT api_keys_pkey      | it lacks the constraint api_keys.api_keys_pkey PRIMARY KEY (id)
                    DROP_EMAIL_KEY                                          | it lacks the EMAIL_KEY
                    CREATE TABLE old_jobs () INHERITS (jobs)                | it has the table jobs with partitions, children or parents
                    CREATE COLLATION ai (provider = icu, locale = 'und-u-ks-level1', deterministic = false); ALTER TABLE users ALTER email TYPE text COLLATE ai | it has the column users.email with the collation ai, by which different texts are equal
                    DROP TABLE api_keys                                     | it has a table database_servers but no table api_keys
                    CREATE SCHEMA realms                                    | it has a schema realms already
                    CREATE SCHEMA realms_archive                            | it has a schema realms_archive already
                    CREATE SCHEMA migration CREATE TABLE steps (id int)     | its schema migration is not ours
                    """)
    void namesTheFirstDifference(String sql, String difference) throws Exception {
        DataSource database = FreshDatabases.preRealm(sql.replace(
                "DROP_EMAIL_KEY",
                either("ALTER TABLE users DROP CONSTRAINT users_email_key", "DROP INDEX users_email_key")));

        assertThat(shape(database))
                .isEqualTo(new DatabaseShape(
                        UNKNOWN,
                        null,
                        "The database is neither empty nor of the pre-realm shape: "
                                + difference.replace(
                                        "EMAIL_KEY",
                                        either(
                                                "constraint users.users_email_key UNIQUE (email)",
                                                "index users.users_email_key btree (email)"))
                                + "."));
    }

    @Test
    void refusesTablesOfSomebodyElse() throws Exception {
        DataSource database = FreshDatabases.empty();
        new TestSql(database).run("CREATE TABLE orders (id int)");

        assertThat(shape(database).difference()).endsWith("it has a table orders but no table api_keys.");
    }

    private static DatabaseShape shape(DataSource database) throws Exception {
        try (Connection connection = database.getConnection()) {
            return DatabaseShape.of(connection);
        }
    }
}
