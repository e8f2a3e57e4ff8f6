package dev.realms.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.launch.Command.CannotStart;
import dev.realms.migration.schema.DatabaseShape;
import dev.realms.settings.DatabaseSettings;
import dev.realms.settings.Secret;
import dev.realms.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands do to a database before the application sees it, on a real one. */
class PreparationTest {

    @TempDir
    static Path directory;

    private static EmbeddedDatabase postgres;

    private Connector owner;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedDatabase.start(directory.resolve("data"), Path.of("target", "postgresql"), 0, false);
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        owner = Connector.owner(postgres);
        superuser("DROP OWNED BY realms_owner");
        superuser("GRANT ALL ON SCHEMA public TO realms_owner");
    }

    @Test
    void saysInOneSentenceWhyThereIsNoConnection() {
        String url = postgres.jdbcUrl();

        assertThatThrownBy(() -> Connector.owner(url, "realms_owner", Optional.of(new Secret("no")))
                        .open())
                .isInstanceOf(CannotStart.class)
                .hasMessageStartingWith("realms.db.owner.password is not the password of 'realms_owner'");
        assertThatThrownBy(() ->
                        Connector.owner(url, "realms_owner", Optional.empty()).open())
                .hasMessageStartingWith("realms.db.owner.password is missing");
        assertThatThrownBy(() -> Connector.owner(url + "x", "realms_owner", owner.password())
                        .open())
                .hasMessageMatching("realms.db.url: the database of .*realmsx does not exist\\.");
        assertThatThrownBy(() -> Connector.owner("jdbc:postgresql://localhost:1/x", "x", Optional.empty())
                        .open())
                .hasMessage("realms.db.url: no PostgreSQL answers at jdbc:postgresql://localhost:1/x.");
    }

    @Test
    void createsTheRuntimeRoleOnceAndKeepsItsPassword() throws Exception {
        RuntimeRole role = new RuntimeRole(settings(Map.of("realms.db.app.user", "app \"one\"")), file("one"));

        try (Connection connection = owner.open()) {
            Optional<Secret> first = role.prepare(connection, owner);
            Optional<Secret> second = role.prepare(connection, owner);

            assertThat(second).isEqualTo(first).isPresent();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("one"))))
                .isEqualTo("rw-------");
    }

    @Test
    void asksForThePasswordOfARoleItDidNotMake() throws Exception {
        superuser("CREATE ROLE foreign_app LOGIN PASSWORD 'x'");
        RuntimeRole role = new RuntimeRole(settings(Map.of("realms.db.app.user", "foreign_app")), file("none"));

        try (Connection connection = owner.open()) {
            assertThatThrownBy(() -> role.prepare(connection, owner))
                    .hasMessageStartingWith("realms.db.app.password is missing");
        }
        assertThat(file("none")).doesNotExist();
    }

    @Test
    void refusesARuntimeRoleThatRowLevelSecurityDoesNotBind() throws Exception {
        superuser("CREATE ROLE free_app LOGIN BYPASSRLS PASSWORD 'x'");
        RuntimeRole role = new RuntimeRole(
                settings(Map.of("realms.db.app.user", "free_app", "realms.db.app.password", "x")), file("none"));

        try (Connection connection = owner.open()) {
            assertThatThrownBy(() -> role.prepare(connection, owner)).hasMessageEndingWith("'free_app' bypasses it.");
        }
    }

    @Test
    void fillsAnEmptyDatabaseInThePreRealmShapeAndNoOther() throws Exception {
        try (Connection connection = owner.open()) {
            assertThat(DatabaseExamination.isEmpty(owner, connection)).isTrue();

            long rows = SampleData.load(connection, 20);

            assertThat(DatabaseShape.of(connection).kind()).isEqualTo(DatabaseShape.Kind.PRE_REALM);
            assertThat(DatabaseExamination.isEmpty(owner, connection)).isFalse();
            assertThat(rows).isGreaterThan(500);
            assertThatThrownBy(() -> SampleData.load(connection, 20)).isInstanceOf(SQLException.class);
            assertThat(count(connection, "public.users")).isEqualTo(20);
        }
    }

    /** The catalogue's texts differ with it. */
    @Test
    void examinesADatabaseWhateverASettingMakesOfNames() throws Exception {
        superuser(
                "ALTER ROLE realms_owner SET quote_all_identifiers = on; ALTER ROLE realms_owner SET search_path = nowhere");
        try (Connection connection = owner.open()) {
            assertThat(DatabaseExamination.isEmpty(owner, connection)).isTrue();
            SampleData.load(connection, 1);
        }

        try (Connection connection = owner.open()) {
            assertThat(DatabaseExamination.isEmpty(owner, connection)).isFalse();
        } finally {
            superuser("ALTER ROLE realms_owner RESET ALL");
        }
    }

    @Test
    void leavesAForeignDatabaseAlone() throws Exception {
        try (Connection connection = owner.open();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE somebody_elses (id integer)");

            assertThatThrownBy(() -> DatabaseExamination.isEmpty(owner, connection))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageStartingWith("realms.db.url: The database is neither empty nor");
        }
    }

    private static Path file(String name) {
        return directory.resolve(name);
    }

    private static DatabaseSettings settings(Map<String, String> values) {
        return Settings.read(name -> Optional.ofNullable(values.get(name))).database();
    }

    private static long count(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void superuser(String sql) throws SQLException {
        try (Connection connection = postgres.superuser().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
