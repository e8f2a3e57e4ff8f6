package dev.realms.testing.oldapplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.realms.migration.control.PlainMigration;
import dev.realms.migration.rollback.PlainRollback;
import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.ExpandSchema;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.migration.schema.StageRun;
import dev.realms.migration.schema.TestSql;
import dev.realms.security.secret.TestKeys;
import jakarta.json.JsonObject;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever becomes of its database before it is finalized, the application can do all that it could. */
@DatabaseTest
class OldApplicationStatesTest {

    private DataSource database;
    private DataSource role;

    @BeforeEach
    void make() throws SQLException {
        database = FreshDatabases.empty();
    }

    @ParameterizedTest
    @EnumSource
    void noticesNothing(OldApplicationShape shape) throws Exception {
        fill(shape);
        List<String> before = everyValue();

        new ExpandSchema(database, FreshDatabases.APP_USER).run();
        look(shape, "expanded");
        migrate();
        look(shape, "migrated");
        new PlainRollback(database, TestKeys.box()).run();
        look(shape, "rolled back");
        new PlainRollback(database, TestKeys.box()).startAgain();
        look(shape, "expanded again");
        migrate();
        look(shape, "migrated again");

        assertThat(everyValue()).isEqualTo(before);
    }

    /** Prepared statements and transactions of its connections live through each change of the state. */
    @ParameterizedTest
    @EnumSource
    void worksAllTheWhile(OldApplicationShape shape) throws Exception {
        fill(shape);
        List<String> before = everyValue();
        try (OldApplicationLoad load =
                new OldApplicationLoad(role, shape, 3, 300).with(1).begin("pre-realm")) {
            new ExpandSchema(database, FreshDatabases.APP_USER).run();
            load.enter("expanded");
            migrate();
            load.enter("migrated");
            new PlainRollback(database, TestKeys.box()).run();
            load.enter("rolled back");
            new PlainRollback(database, TestKeys.box()).startAgain();
            load.enter("expanded again");
            migrate();
            load.end();

            assertThat(load.failures()).isEmpty();
        }
        assertThat(everyValue()).isEqualTo(before);
    }

    /** No step takes a lock and then a stronger one on the same table: whoever locks a row and writes it later would be its victim. */
    @ParameterizedTest
    @EnumSource
    @Timeout(180)
    void itsTransactionsAreInNoDeadlock(OldApplicationShape shape) throws Exception {
        fill(shape);
        try (LockingTransactions application = new LockingTransactions(role).begin()) {
            new ExpandSchema(database, FreshDatabases.APP_USER).run();
            assertThat(application.failures()).as("expanded").isEmpty();
            migrate();
            assertThat(application.failures()).as("migrated").isEmpty();
            new PlainRollback(database, TestKeys.box()).run();
            assertThat(application.failures()).as("rolled back").isEmpty();
        }
    }

    /** The same by the real client; when all is given back, Prisma finds the schema that it made. */
    @Test
    @Tag("any-server")
    void aPrismaClientNoticesNothing() throws Exception {
        Optional<PrismaClient> client = PrismaClient.install();
        assumeTrue(client.isPresent(), PrismaClient.ABSENT);
        fill(OldApplicationShape.PRISMA);

        new ExpandSchema(database, FreshDatabases.APP_USER).run();
        assertThat(client.get().failures(role)).as("expanded").isEmpty();
        migrate();
        assertThat(client.get().failures(role)).as("migrated").isEmpty();
        assertThat(client.get().push(database)).as("migrated").containsKey("error");
        new PlainRollback(database, TestKeys.box()).run();
        assertThat(client.get().failures(role)).as("rolled back").isEmpty();
        assertThat(client.get().push(database)).as("rolled back").hasToString("{\"steps\":0,\"refused\":[]}");
    }

    /** It goes on beside the service, in its own role, on views that show realms. */
    @Test
    @Tag("any-server")
    void aPrismaClientGoesOnWithRealms() throws Exception {
        Optional<PrismaClient> client = PrismaClient.install();
        assumeTrue(client.isPresent(), PrismaClient.ABSENT);
        fill(OldApplicationShape.PRISMA);
        new ExpandSchema(database, FreshDatabases.APP_USER).run();
        migrate();
        TestSql owner = new TestSql(database);
        owner.run("UPDATE migration.origin SET realm_views = true");
        StageRun.finalization(database).run(() -> false);
        String user = owner.ask("SELECT user_id FROM realms.documents GROUP BY 1 HAVING count(*) = 2 ORDER BY 1")
                .get(0);
        String realm = owner.ask("SELECT id FROM realms.realms WHERE user_id = '" + user + "'")
                .get(0);
        List<String> names = owner.ask("SELECT name FROM realms.documents WHERE user_id = '" + user + "'");

        JsonObject seen = client.get().inRealm(role, user, realm);

        assertThat(seen.getString("outside")).isEqualTo("refused");
        assertThat(seen.getJsonArray("names")).hasSize(names.size() + 1);
        assertThat(seen.getJsonArray("owners").getString(0)).isEqualTo(user);
        assertThat(seen.getJsonArray("realms")).hasToString("[{\"name\":\"Default\",\"isDefault\":true}]");
        assertThat(seen.getJsonArray("databases").getJsonObject(0)).containsKey("documentCount");
    }

    private void fill(OldApplicationShape shape) throws SQLException {
        new TestSql(database).run(shape.schema(), shape.rows(40));
        new TestSql(FreshDatabases.asSuperuser(database)).run(OldApplicationRole.GRANTS);
        role = OldApplicationRole.of(database);
    }

    private void look(OldApplicationShape shape, String state) throws SQLException {
        assertThat(OldApplicationCheck.failures(role, shape)).as(state).isEmpty();
    }

    private void migrate() throws SQLException {
        new PlainMigration(database).complete();
    }

    /** As the application sees it. */
    private List<String> everyValue() throws SQLException {
        return OldApplicationTest.everyValue(role);
    }
}
