package dev.realms.security.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.migration.control.PlainMigration;
import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.migration.schema.TestSql;
import dev.realms.security.secret.SecretBox.AssociatedData;
import dev.realms.settings.SecretKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** On a database whose rows have been moved and that has not been contracted: every change is noted. */
@DatabaseTest
@Tag("any-server")
class StoredCredentialsTest {

    private static final int SERVERS = 450;
    private static final String IDS = "SELECT md5(n::text)::uuid AS id FROM generate_series(1, " + SERVERS + ") AS n";

    private final SecretKey master = SecretKey.generate();
    private TestSql database;
    private KeyRing ring;
    private SecretBox box;
    private UUID realm;
    private String next;

    @BeforeEach
    void seal() throws Exception {
        database = new TestSql(FreshDatabases.expanded(
                "INSERT INTO users (name, email) VALUES ('a', 'a@example.com')",
                "INSERT INTO database_servers (id, name, type, host, port, updated_at, user_id)"
                        + " SELECT s.id, 's', 'QDRANT', 'h', 1, '2020-01-01', users.id FROM users, (" + IDS
                        + ") AS s"));
        new PlainMigration(database.database()).moveRows();
        realm = UUID.fromString(database.ask("SELECT id FROM realms").get(0));
        ring = TestKeys.start(database.database(), master);
        box = new SecretBox(ring);
        List<String> updates = new ArrayList<>();
        for (String id : database.ask("SELECT id FROM database_servers")) {
            updates.add(update("password", id, box.seal("password of " + id, associated(id, "password"))));
            updates.add(update("api_key", id, box.seal("key of " + id, associated(id, "api_key"))));
        }
        database.run(updates.toArray(String[]::new));
        try (Connection connection = database.database().getConnection()) {
            next = DataKeyTable.announce(connection, TestKeys.masters(master));
            DataKeyTable.activate(connection, next);
        }
        ring.read();
    }

    @Test
    void sealsEveryValueByTheNewKeyAndChangesNothingElse() throws Exception {
        List<String> before =
                database.ask("SELECT to_jsonb(s) - 'password' - 'api_key' FROM database_servers s ORDER BY id");

        StoredCredentials.Result result = reseal();

        assertThat(result).isEqualTo(new StoredCredentials.Result(2 * SERVERS, 0, List.of()));
        assertThat(database.ask("SELECT to_jsonb(s) - 'password' - 'api_key' FROM database_servers s ORDER BY id"))
                .isEqualTo(before);
        for (String row : database.ask("SELECT concat_ws(' ', id, password, api_key) FROM database_servers")) {
            String[] values = row.split(" ");
            assertThat(box.open(values[1], associated(values[0], "password"))).isEqualTo("password of " + values[0]);
            assertThat(box.open(values[2], associated(values[0], "api_key"))).isEqualTo("key of " + values[0]);
        }
        assertThat(database.ask("SELECT count(*) FROM database_servers WHERE password LIKE 'realms:v1:" + next
                        + ":%' AND api_key LIKE 'realms:v1:" + next + ":%'"))
                .containsExactly(Integer.toString(SERVERS));
    }

    @Test
    void isAChangeLikeAnyOtherToTheLedger() throws Exception {
        reseal();

        assertThat(new PlainMigration(database.database()).verify().sentence()).startsWith("All ");
    }

    @Test
    void goesOnWhereItWasBrokenOff() throws Exception {
        try (Connection connection = database.database().getConnection()) {
            assertThatThrownBy(() -> StoredCredentials.reseal(connection, box, next, done -> {
                        throw new IllegalStateException("stopped");
                    }))
                    .hasMessage("stopped");
            long left = DataKeyTable.sealedByOthers(connection, next);
            assertThat(left).isBetween(1L, 2L * SERVERS - 1);

            assertThat(reseal()).isEqualTo(new StoredCredentials.Result(left, 0, List.of()));
        }
    }

    @Test
    void doesNothingTheSecondTime() throws Exception {
        reseal();
        List<String> before = database.ask("SELECT xmin || ' ' || id FROM database_servers ORDER BY 1");

        assertThat(reseal()).isEqualTo(new StoredCredentials.Result(0, 0, List.of()));
        assertThat(database.ask("SELECT xmin || ' ' || id FROM database_servers ORDER BY 1"))
                .isEqualTo(before);
    }

    @Test
    void leavesPlainValuesAlone() throws Exception {
        database.run("UPDATE database_servers SET password = 'plain'");

        assertThat(reseal().changed()).isEqualTo(SERVERS);
        assertThat(database.ask("SELECT DISTINCT password FROM database_servers"))
                .containsExactly("plain");
    }

    /** The value is read before the other transaction ends, and written after. */
    @Test
    void leavesWhatSomebodyHasChangedMeanwhile() throws Exception {
        String id = database.ask("SELECT id FROM database_servers ORDER BY id").get(0);
        String newer = box.seal("newer", associated(id, "password"));
        CompletableFuture<StoredCredentials.Result> running;
        try (Connection writer = database.database().getConnection();
                Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("UPDATE database_servers SET password = '" + newer + "' WHERE id = '" + id + "'");
            running = CompletableFuture.supplyAsync(this::reseal);
            while (database.ask("SELECT pid FROM pg_locks WHERE NOT granted").isEmpty()) {
                assertThat(running.isDone()).isFalse();
            }
            writer.commit();
        }

        assertThat(running.join()).isEqualTo(new StoredCredentials.Result(2 * SERVERS - 1, 1, List.of()));
        assertThat(open("password", id)).isEqualTo("newer");
    }

    @Test
    void namesWhatItCannotOpenAndGoesOn() throws Exception {
        List<String> ids = database.ask("SELECT id FROM database_servers ORDER BY id LIMIT 2");
        String swapped = database.ask("SELECT password FROM database_servers WHERE id = '" + ids.get(1) + "'")
                .get(0);
        database.run(update("password", ids.get(0), swapped));

        StoredCredentials.Result result = reseal();

        assertThat(result).isEqualTo(new StoredCredentials.Result(2 * SERVERS - 1, 0, List.of(ids.get(0))));
        assertThat(database.ask("SELECT password FROM database_servers WHERE id = '" + ids.get(0) + "'"))
                .containsExactly(swapped);
    }

    @Test
    void countsWhatEachKeyHasSealed() throws Exception {
        try (Connection connection = database.database().getConnection()) {
            assertThat(DataKeyTable.sealedByOthers(connection, next)).isEqualTo(2 * SERVERS);
            reseal();
            assertThat(DataKeyTable.sealedByOthers(connection, next)).isZero();
            assertThat(DataKeyTable.use(connection))
                    .filteredOn(key -> key.id().equals(next))
                    .extracting(SecretKeyView.Key::sealed)
                    .containsExactly(2L * SERVERS);
        }
    }

    private StoredCredentials.Result reseal() {
        try (Connection connection = database.database().getConnection()) {
            return StoredCredentials.reseal(connection, box, next, done -> {});
        } catch (SQLException fault) {
            throw new IllegalStateException(fault);
        }
    }

    private String open(String field, String id) throws Exception {
        String sealed = database.ask("SELECT " + field + " FROM database_servers WHERE id = '" + id + "'")
                .get(0);
        return box.open(sealed, associated(id, field));
    }

    private AssociatedData associated(String id, String field) {
        return AssociatedData.ofField(realm, id, field);
    }

    private static String update(String field, String id, String value) {
        return "UPDATE database_servers SET " + field + " = '" + value + "' WHERE id = '" + id + "'";
    }
}
