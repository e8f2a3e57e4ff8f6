package dev.realms.web.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.Api;
import dev.realms.testing.AtOnce;
import dev.realms.testing.DatabaseState;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.TestServer;
import dev.realms.testing.TestUser;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that can only be read, as the former primary after a failover, or one that its operator has set so. */
@OnDatabase(DatabaseState.FINALIZED)
class ReadOnlyIT {

    private static final String DOCUMENT = "{\"name\": \"a\", \"type\": \"t\"}";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private TestUser user;

    @BeforeEach
    void signIn() {
        user = TestUser.signIn(TestServer.base());
    }

    @AfterEach
    void writeAgain() {
        TestDatabase.setReadOnly(false);
        setRolesReadOnly(false);
        await(200);
    }

    /** The sessions that there are lead to the former primary, and every new one to the new. */
    @Test
    void whoWritesAfterAFailoverDoesNotNoticeIt() {
        setRolesReadOnly(true);
        TestDatabase.disconnectEverybody();
        AtOnce.all(12, i -> user.api().get(user.path("/documents")).status());
        setRolesReadOnly(false);

        assertThat(AtOnce.all(
                        12,
                        i -> user.api().post(user.path("/documents"), DOCUMENT).status()))
                .containsOnly(201);
    }

    /** Nobody writes to a node that is not ready: it lets go of what it has by itself. */
    @Test
    void aNodeThatNobodyAsksGetsReadyAgain() {
        setRolesReadOnly(true);
        TestDatabase.disconnectEverybody();
        await(503);
        setRolesReadOnly(false);

        await(200);
    }

    @Test
    void aServerThatCanOnlyBeReadAnswers503ToWhoWritesAndIsNotReady() {
        TestDatabase.setReadOnly(true);

        Api.Answer refused = user.api().post(user.path("/documents"), DOCUMENT);

        assertThat(refused.status()).as("%s", refused).isEqualTo(503);
        assertThat(refused.json().getString("code")).isEqualTo("unavailable");
        // What the last of several tries met: such a server, or a connection to it that had just been given up.
        assertThat(refused.json().getString("detail"))
                .isIn("The database can only be read at the moment.", "The database can't be reached at the moment.");
        assertThat(refused.header("Retry-After")).contains("5");
        assertThat(user.api().get(user.path("/documents")).status()).isEqualTo(200);
        await(503);
        TestDatabase.setReadOnly(false);
        await(200);
        assertThat(user.api().post(user.path("/documents"), DOCUMENT).status()).isEqualTo(201);
    }

    /** From their next sessions on. */
    private static void setRolesReadOnly(boolean readOnly) {
        String setting = readOnly ? "SET default_transaction_read_only = on" : "RESET default_transaction_read_only";
        TestDatabase.asSuperuser("ALTER ROLE realms_app " + setting);
        TestDatabase.asSuperuser("ALTER ROLE realms_owner " + setting);
    }

    private static void await(int status) {
        Instant end = Instant.now().plus(PATIENCE);
        Api anybody = Api.at(TestServer.base());
        while (anybody.get("/health/ready").status() != status) {
            assertThat(Instant.now()).as("Readiness does not become %d", status).isBefore(end);
            LockSupport.parkNanos(200_000_000);
        }
    }
}
