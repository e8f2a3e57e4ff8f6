package dev.realms.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.migration.control.PlainMigration;
import dev.realms.migration.schema.ExpandSchema;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code mvn -Pmigrate} with each action, as a pipeline runs it: exit code 0 or 1, and nobody can connect meanwhile. */
class MigrateCommandIT {

    private static final String KEY = "ZmFrZSBrZXkgb2YgdGhlIGluLXNlcnZlciB0ZXN0cyE=";

    private static Newcomer newcomer;

    @BeforeAll
    static void copy() throws IOException {
        newcomer = Newcomer.withACopyIn(Path.of(System.getProperty("realms.it.target"), "migrate"));
    }

    @Test
    void leadsThereAndBack() throws SQLException {
        TestDatabase.resetToPreRealm(200);
        Map<String, String> before = TestDatabase.preRealmChecksums();

        assertThat(ends(0, "-Drealms.migrate.action=preflight")).contains("Ready: nothing gets in the way of a start.");
        assertThat(TestDatabase.query("SELECT to_regnamespace('migration')")).isNull();
        assertThat(ends(1, "-Drealms.migrate.action=verify")).contains("ERROR: There is nothing to verify");
        assertThat(ends(1, "-Drealms.migrate.action=finalize"))
                .contains("ERROR: The database has never been migrated. There is no way from here to finalized.");

        try (Connection reader = TestDatabase.dataSource().getConnection()) {
            CompletableFuture<Void> end = readUntilItIsInTheWay(reader);
            assertThat(ends(0, "-Drealms.migration.limits=parallelism=2,tableMaintenance=none"))
                    .contains(
                            "Stage TAKE_OVER waits for a lock, try 1. Transactions that may be in the way: reader (process ")
                    .contains("Migrated and verified.");
            end.join();
        }
        assertThat(TestDatabase.query(
                        "SELECT string_agg(name || ' ' || coalesce(value::text, 'none'), ', ' ORDER BY name)"
                                + " FROM migration.limits"))
                .isEqualTo("parallelism 2, tableMaintenance none");
        assertThat(ends(0)).contains("Nothing to do: the database is already migrated.");
        assertThat(ends(0, "-Drealms.migrate.action=verify")).contains("checks passed.");
        assertThat(TestDatabase.preRealmChecksums()).isEqualTo(before);

        TestDatabase.asOwner(
                "BEGIN; SET LOCAL realms.migration = 'on'; DELETE FROM jobs WHERE id = (SELECT id FROM jobs LIMIT 1); COMMIT");
        before = TestDatabase.preRealmChecksums();
        Matcher lost = Pattern.compile("ERROR: Rows were lost or changed: (jobs-[0-9a-f]{8}) ")
                .matcher(ends(1, "-Drealms.migrate.action=rollback"));
        assertThat(lost.find()).isTrue();
        assertThat(TestDatabase.query("SELECT state FROM migration.state")).isEqualTo("migrated");
        assertThat(ends(0, "-Drealms.migrate.action=cancel-rollback"))
                .contains("Nothing to do: the database is already migrated.");
        assertThat(ends(0, "-Drealms.migrate.action=rollback", "-Drealms.migrate.accept=" + lost.group(1)))
                .contains("The database is rolled-back.");
        assertThat(TestDatabase.preRealmChecksums()).isEqualTo(before);
        assertThat(ends(1)).contains("ERROR: The migration is rolled-back", "An operator chose that");
        assertThat(ends(0, "-Drealms.migrate.action=migrate")).contains("Migrated and verified.");
        assertThat(TestDatabase.preRealmChecksums()).isEqualTo(before);
    }

    @Test
    void finalizes() throws SQLException {
        TestDatabase.resetToPreRealm(50);
        new ExpandSchema(TestDatabase.dataSource(), System.getenv("REALMS_DB_APP_USER")).run();
        assertThat(new PlainMigration(TestDatabase.dataSource()).run().passed()).isTrue();
        TestDatabase.asOwner("UPDATE migration.state SET state = 'running';"
                + " UPDATE migration.state SET state = 'verifying'; UPDATE migration.state SET state = 'migrated'");

        assertThat(ends(1, "-Drealms.migrate.action=finalize")).contains("ERROR: realms.secret-key");
        assertThat(ends(0, "-Drealms.migrate.action=finalize", "-Drealms.secret-key=" + KEY))
                .contains("The database is finalized.");
        assertThat(TestDatabase.query("SELECT count(*) FROM api_keys WHERE key NOT LIKE 'sha256:%'"))
                .isEqualTo("0");
    }

    @Test
    void saysWhatGetsInTheWay() {
        TestDatabase.resetToPreRealm(3);
        TestDatabase.asOwner(
                "INSERT INTO users (name, email) VALUES ('a', 'Same@example.com'), ('b', 'same@example.com')");

        assertThat(ends(1)).contains("ERROR: ", "email-case");
        assertThat(ends(1, "-Drealms.migrate.action=preflight")).contains("ERROR: ", "email-case");
        assertThat(ends(1, "-Drealms.migrate.action=sideways")).contains("ERROR: realms.migrate.action");
        assertThat(ends(1, "-Drealms.db.url=jdbc:postgresql://127.0.0.1:1/db")).contains("ERROR: ", "127.0.0.1:1");
    }

    /** As properties, which Maven and a shell have passed on; {@code OddPasswordsIT} tries them as environment variables. */
    @Test
    void takesPasswordsAsTheyAre() {
        String odd = " o'\"\\$ $1 $$ $x {y} a:b;c=d&e?f@g/h,i ü ";
        TestDatabase.resetToPreRealm(3);
        setPasswords("owner" + odd, odd + "app");
        try {
            assertThat(ends(1)).contains("ERROR: realms.db.owner.password is not the password of");
            assertThat(ends(0, "-Drealms.db.owner.password=owner" + odd, "-Drealms.db.app.password=" + odd + "app"))
                    .contains("Migrated and verified.");
        } finally {
            setPasswords(System.getenv("REALMS_DB_OWNER_PASSWORD"), System.getenv("REALMS_DB_APP_PASSWORD"));
        }
    }

    /** Ends its transaction when the books are there, and the next stage has met it. */
    private static CompletableFuture<Void> readUntilItIsInTheWay(Connection reader) throws SQLException {
        reader.setAutoCommit(false);
        reader.createStatement().execute("SET application_name = 'reader'; LOCK TABLE users IN ACCESS SHARE MODE");
        return CompletableFuture.runAsync(() -> {
            while (!"t".equals(TestDatabase.query("SELECT to_regclass('migration.flyway_take_over') IS NOT NULL"))) {
                LockSupport.parkNanos(100_000_000);
            }
            LockSupport.parkNanos(Duration.ofSeconds(3).toNanos());
            try {
                reader.rollback();
            } catch (SQLException fault) {
                throw new IllegalStateException(fault);
            }
        });
    }

    private static void setPasswords(String owner, String app) {
        TestDatabase.asSuperuser("ALTER ROLE %s PASSWORD '%s'; ALTER ROLE %s PASSWORD '%s'"
                .formatted(
                        System.getenv("REALMS_DB_OWNER_USER"),
                        TestPostgres.verifier(owner),
                        System.getenv("REALMS_DB_APP_USER"),
                        TestPostgres.verifier(app)));
    }

    /** The output, in which nothing of the inside is shown. */
    private static String ends(int exitCode, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "-Pmigrate",
                "-Drealms.db.url=" + TestDatabase.url(),
                "-Drealms.db.owner.user=" + System.getenv("REALMS_DB_OWNER_USER"),
                "-Drealms.db.owner.password=" + System.getenv("REALMS_DB_OWNER_PASSWORD"),
                "-Drealms.db.app.user=" + System.getenv("REALMS_DB_APP_USER"),
                "-Drealms.db.app.password=" + System.getenv("REALMS_DB_APP_PASSWORD")));
        command.addAll(List.of(arguments));
        try (CommandProcess migrate = newcomer.types(command.toArray(String[]::new))) {
            TreeSet<String> open = new TreeSet<>();
            while (migrate.isAlive()) {
                migrate.listensAt().ifPresent(open::add);
                LockSupport.parkNanos(100_000_000);
            }
            int code = migrate.awaitEnd();
            String output = migrate.output();
            assertThat(code).as(output).isEqualTo(exitCode);
            assertThat(open).as("ports that were open").isEmpty();
            assertThat(output).doesNotContain("Exception", "\tat ", System.getenv("REALMS_DB_OWNER_PASSWORD"), KEY);
            return output;
        }
    }
}
