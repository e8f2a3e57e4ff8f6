package dev.realms.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

    /** Not per test: unpacking the binaries takes seconds, and they never change. */
    private static final Path WORK = Path.of("target", "postgresql");

    @TempDir
    Path directory;

    @Test
    void makesADatabaseWhoseOwnerIsNoSuperuser() throws Exception {
        try (EmbeddedDatabase database = start()) {
            assertThat(ask(database, "SELECT current_database() || ' ' || current_user"))
                    .isEqualTo("realms realms_owner");
            assertThat(ask(database, "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'realms'"))
                    .isEqualTo("realms_owner");
            assertThat(ask(
                            database,
                            "SELECT rolsuper || ' ' || rolcreaterole FROM pg_roles WHERE rolname = current_user"))
                    .isEqualTo("false true");
            assertThat(ask(database, "SHOW server_encoding")).isEqualTo("UTF8");
            assertThat(ask(database, "SELECT lower('ÄÖ')")).isEqualTo("äö");
        }
    }

    @Test
    void admitsNobodyWithoutThePassword() throws Exception {
        try (EmbeddedDatabase database = start()) {
            assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), "postgres", "wrong"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void isDurableWhenAsked() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(data(), WORK, 0, true)) {
            assertThat(ask(database, "SELECT current_setting('fsync') || ' ' || current_setting('synchronous_commit')"))
                    .isEqualTo("on on");
        }
    }

    @Test
    void keepsItsDataWhenPostgresqlIsKilled() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(data(), WORK, 0, true)) {
            write(database);
            kill(postmaster());
        }

        try (EmbeddedDatabase database = start()) {
            assertThat(ask(database, "SELECT string_agg(n::text, ',') FROM kept"))
                    .isEqualTo("1");
        }
    }

    @Test
    void takesOverFromAKilledProcess() throws Exception {
        Process other = Starter.launch(data());
        ProcessHandle orphan = postmaster();
        kill(other.toHandle());
        assertThat(orphan.isAlive()).isTrue();

        try (EmbeddedDatabase database = start()) {
            assertThat(postmaster()).isNotEqualTo(orphan);
            assertThat(ask(database, "SELECT string_agg(n::text, ',') FROM kept"))
                    .isEqualTo("1");
        }
    }

    @Test
    void refusesADirectoryThatIsInUse() throws Exception {
        try (EmbeddedDatabase database = start()) {
            assertThatThrownBy(this::start)
                    .isInstanceOf(IOException.class)
                    .hasMessage("The data directory " + data() + " is in use by another process");
            assertThat(ask(database, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void refusesAPortThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedDatabase.start(data(), WORK, taken.getLocalPort(), false))
                    .isInstanceOf(IOException.class)
                    .hasMessage("Port " + taken.getLocalPort() + " is already in use");
        }
    }

    private EmbeddedDatabase start() throws IOException {
        return EmbeddedDatabase.start(data(), WORK, 0, false);
    }

    private Path data() {
        return directory.resolve("data");
    }

    private ProcessHandle postmaster() throws IOException {
        String id = Files.readAllLines(data().resolve("postmaster.pid")).get(0);
        return ProcessHandle.of(Long.parseLong(id)).orElseThrow();
    }

    private static void kill(ProcessHandle process) {
        process.destroyForcibly();
        process.onExit().join();
    }

    private static void write(EmbeddedDatabase database) throws SQLException {
        try (Connection connection = connect(database);
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept AS SELECT 1 AS n");
        }
    }

    private static String ask(EmbeddedDatabase database, String query) throws SQLException {
        try (Connection connection = connect(database);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static Connection connect(EmbeddedDatabase database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.ownerUser(), database.ownerPassword());
    }

    /** A process of its own that starts the database, writes a row and waits to be killed. */
    static final class Starter {

        static Process launch(Path data) throws IOException {
            Process process = new ProcessBuilder(List.of(
                            ProcessHandle.current().info().command().orElse("java"),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Starter.class.getName(),
                            data.toString()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            assertThat(process.getInputStream().read()).isEqualTo('+');
            return process;
        }

        public static void main(String[] arguments) throws Exception {
            try (EmbeddedDatabase database = EmbeddedDatabase.start(Path.of(arguments[0]), WORK, 0, true)) {
                write(database);
                System.out.print('+');
                System.out.flush();
                Thread.currentThread().join();
            }
        }
    }
}
