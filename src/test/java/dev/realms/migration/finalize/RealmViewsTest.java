package dev.realms.migration.finalize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.migration.control.PlainMigration;
import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.ExpandSchema;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.migration.schema.StageRun;
import dev.realms.migration.schema.TestSql;
import dev.realms.testing.oldapplication.OldApplicationShape;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The application goes on beside the service after the finalization, in a role of its own, and knows realms now. */
@DatabaseTest
class RealmViewsTest {

    private static final String ANNA = "00000000-0000-0000-0000-00000000000a";
    private static final String BERT = "00000000-0000-0000-0000-00000000000b";
    private static final String ROLE = "pg_monitor";

    private TestSql database;

    @ParameterizedTest
    @EnumSource
    void showTheOpenRealmAndNothingElse(OldApplicationShape shape) throws Exception {
        finalizeWithViews(shape);
        String realmId = shape == OldApplicationShape.PRISMA ? "\"realmId\"" : "realm_id";
        String userId = shape == OldApplicationShape.PRISMA ? "\"userId\"" : "user_id";
        String updatedAt = shape == OldApplicationShape.PRISMA ? "\"updatedAt\"" : "updated_at";
        String realm = database.ask("SELECT id FROM realms.realms WHERE user_id = '" + ANNA + "'")
                .get(0);

        try (Connection connection =
                        FreshDatabases.asSuperuser(database.database()).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET ROLE " + ROLE + "; SET search_path = public");
            assertThatThrownBy(() -> statement.execute("SELECT FROM documents"))
                    .hasMessageContaining("no realm is open");
            connection.setAutoCommit(false);
            statement.execute("SELECT realms.enter_realm('" + realm + "', '" + ANNA + "', NULL)");
            statement.execute(
                    "INSERT INTO documents (id, name, type, %s, %s, %s) VALUES ('%s', 'new', 't', '%s', '%s', now())"
                            .formatted(
                                    userId, realmId, updatedAt, "00000000-0000-0000-0000-0000000000ff", ANNA, realm));
            assertThat(rows(statement, "SELECT name FROM documents ORDER BY name"))
                    .containsExactly("d", "new");
            assertThat(rows(statement, "SELECT count(*) FROM documents WHERE " + realmId + " <> '" + realm + "'"))
                    .containsExactly("0");
            assertThat(rows(
                            statement,
                            "SELECT name FROM realms WHERE " + userId + " = '" + ANNA + "' AND "
                                    + (shape == OldApplicationShape.PRISMA ? "\"isDefault\"" : "is_default")))
                    .containsExactly("Default");
            assertThat(statement.executeUpdate("DELETE FROM documents WHERE " + userId + " = '" + BERT + "'"))
                    .isZero();
            connection.rollback();
            assertThatThrownBy(
                            () -> statement.execute("SELECT realms.enter_realm('" + realm + "', '" + BERT + "', NULL)"))
                    .hasMessageContaining("absent");
        }
    }

    private void finalizeWithViews(OldApplicationShape shape) throws Exception {
        database = new TestSql(FreshDatabases.empty());
        String at = shape == OldApplicationShape.PRISMA ? "\"updatedAt\"" : "updated_at";
        String user = shape == OldApplicationShape.PRISMA ? "\"userId\"" : "user_id";
        database.run(
                shape.schema(),
                "INSERT INTO users (id, name, email, %s) VALUES ('%s', 'a', 'a@example.com', now()), ('%s', 'b', 'b@example.com', now())"
                        .formatted(at, ANNA, BERT),
                "INSERT INTO documents (id, name, type, %s, %s) SELECT id, 'd', 't', now(), id FROM users"
                        .formatted(at, user),
                "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO " + ROLE);
        new ExpandSchema(database.database(), FreshDatabases.APP_USER).run();
        assertThat(new PlainMigration(database.database()).run().passed()).isTrue();
        database.run("UPDATE migration.origin SET realm_views = true");
        StageRun.finalization(database.database()).run(() -> false);
    }

    private static List<String> rows(Statement statement, String sql) throws Exception {
        List<String> found = new ArrayList<>();
        try (var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }
}
