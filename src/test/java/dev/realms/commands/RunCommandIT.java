package dev.realms.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.realms.testing.Api;
import dev.realms.testing.ProjectCopy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code mvn -Prun} as a newcomer runs it. */
class RunCommandIT {

    private static final String READY = "Realms is ready";
    private static final String ANY_PORT = "-Drealms.http.port=0";

    private static Newcomer newcomer;

    @BeforeAll
    static void copy() throws IOException {
        newcomer = Newcomer.withACopyIn(Path.of(System.getProperty("realms.it.target"), "run"));
    }

    @Test
    void servesMigratedUsersAndKeepsThemUntilItIsStartedAgain() {
        String realm;
        try (CommandProcess run = newcomer.types("-Prun", ANY_PORT)) {
            Api admin = admin(run);
            assertThat(run.output())
                    .contains("Loaded 1,000 sample users in the pre-realm shape", "The database is migrated.");
            assertThat(Api.at(base(run)).get("/console/").body()).contains("<html");
            assertThat(admin.get("/api/admin/migration")
                            .json()
                            .getJsonObject("users")
                            .getInt("done"))
                    .isGreaterThanOrEqualTo(1_000);
            realm = admin.post("/api/realms", "{\"name\": \"Kept\"}").json().getString("id");
            assertThat(run.output())
                    .contains(
                            "/console/#code=" + newcomer.read("data/sign-in-code"), newcomer.read("data/admin-token"));

            run.interrupt();

            assertThat(run.awaitEnd()).as(run.output()).isZero();
            assertThat(run.output()).contains("Stopping.", "Stopped.").doesNotContain("Exception");
        }
        try (CommandProcess again = newcomer.types("-Prun", ANY_PORT)) {
            Api admin = admin(again);
            assertThat(again.output()).doesNotContain("Loaded").contains("The database is migrated.");
            assertThat(admin.get("/api/realms/" + realm).json().getString("name"))
                    .isEqualTo("Kept");

            again.terminate();

            assertThat(again.awaitEnd()).as(again.output()).isZero();
            assertThat(again.output()).contains("Stopped.").doesNotContain("Exception");
        }
    }

    /** Root's files are out of reach; and what it works on is taken away from it. */
    @Test
    void worksForAnOrdinaryUserAndEndsWhenItsDatabaseDoes() throws Exception {
        assumeTrue(Newcomer.isRoot(), "All tests run as an ordinary user already.");
        Newcomer ordinary = Newcomer.ordinary();
        try (CommandProcess run = ordinary.types("-Prun", ANY_PORT, "-Drealms.sample.users=50")) {
            run.await(READY);
            assertThat(run.output()).contains("Loaded 50 sample users", "The database is migrated.");

            run.processes()
                    .filter(one -> one.info().command().orElse("").endsWith("/bin/postgres"))
                    .forEach(ProcessHandle::destroyForcibly);

            assertThat(run.awaitEnd()).isEqualTo(1);
            assertThat(run.output())
                    .contains("ERROR: PostgreSQL ended; its log data/postgresql/work/postgresql.log says why.");
        } finally {
            ProjectCopy.delete(ordinary.project().getParent());
        }
    }

    @Test
    void saysThatThePortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"));
                CommandProcess run = newcomer.types("-Prun", "-Drealms.http.port=" + taken.getLocalPort())) {
            assertThat(run.awaitEnd()).isEqualTo(1);
            assertThat(run.output())
                    .contains("ERROR: realms.http.port: port %d is already in use; choose another, or 0 for a free one."
                            .formatted(taken.getLocalPort()));
        }
    }

    static Stream<Arguments> wrongSettings() {
        return Stream.of(
                Arguments.of("-Drealms.http.port=many", "realms.http.port"),
                Arguments.of("-Drealms.htp.port=8080", "realms.htp.port"),
                Arguments.of("-Drealms.db.url=postgres://here/db", "realms.db.url must look like"),
                Arguments.of("-Drealms.db.url=jdbc:postgresql://127.0.0.1:1/db?user=u", "127.0.0.1:1"));
    }

    /** The last one is right in itself: nobody is there. */
    @ParameterizedTest
    @MethodSource("wrongSettings")
    void namesTheSettingThatIsWrong(String setting, String named) {
        try (CommandProcess run = newcomer.types("-Prun", ANY_PORT, setting)) {
            assertThat(run.awaitEnd()).isEqualTo(1);
            assertThat(run.output().lines().filter(line -> line.startsWith("ERROR: ")))
                    .as(run.output())
                    .singleElement()
                    .asString()
                    .contains(named);
            assertThat(run.output()).doesNotContain("Exception", "\tat ");
        }
    }

    private static Api admin(CommandProcess run) {
        return Api.at(base(run)).as(newcomer.read("data/admin-token"));
    }

    private static URI base(CommandProcess run) {
        run.await(READY);
        return URI.create(run.await("console +(http://localhost:\\d+)/console/#code="));
    }
}
