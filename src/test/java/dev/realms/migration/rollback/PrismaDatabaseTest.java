package dev.realms.migration.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.migration.answer.CrossUserRepair;
import dev.realms.migration.answer.PreflightAnswers;
import dev.realms.migration.answer.PreflightAnswers.Answer;
import dev.realms.migration.control.PlainMigration;
import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.ExpandSchema;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.migration.schema.TestSql;
import dev.realms.security.secret.SecretBox;
import dev.realms.security.secret.SecretBox.AssociatedData;
import dev.realms.security.secret.TestKeys;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** There and back with a database that Prisma made: ids are texts, in capitals or not, times have no zone, constants are enums. */
@DatabaseTest
class PrismaDatabaseTest {

    private static final List<String> TABLES =
            List.of("users", "user_settings", "database_servers", "databases", "documents", "jobs", "api_keys");

    /** Ten users with one of each, all with the id of their user; some refer to the next one's. */
    private static final String[] ROWS = {
        """
        INSERT INTO users (id, name, email, "updatedAt")
        SELECT CASE n % 2 WHEN 0 THEN 'ckv' ELSE 'CKV' END || '_-' || n, n, n || '@example.com', '2026-01-01' FROM generate_series(0, 9) AS n""",
        "INSERT INTO user_settings (id, \"userId\", \"updatedAt\") SELECT id, id, '2026-01-01' FROM users",
        "INSERT INTO database_servers (id, name, type, host, port, password, \"userId\", \"updatedAt\")"
                + " SELECT id, name, 'QDRANT', 'h', 1, 'p', id, '2026-01-01' FROM users",
        "INSERT INTO databases (id, name, description, \"documentCount\", \"userId\", \"serverId\", \"updatedAt\")"
                + " SELECT id, 'same', '', 1, id, id, '2026-01-01' FROM users",
        "INSERT INTO documents (id, name, type, \"userId\", \"databaseId\", \"updatedAt\") SELECT id, name, 't', id, id, '2026-01-01' FROM users",
        "INSERT INTO jobs (id, \"documentName\", \"documentType\", \"documentId\", \"userId\", \"updatedAt\")"
                + " SELECT id, name, 't', id, id, '2026-01-01' FROM users",
        "INSERT INTO api_keys (id, name, key, \"userId\", \"updatedAt\") SELECT id, name, 'sk_' || id, id, '2026-01-01' FROM users",
    };

    private static final String[] CROSSES = {
        "UPDATE databases SET \"serverId\" = 'CKV_-9' WHERE id IN ('ckv_-0', 'ckv_-8')",
        "UPDATE documents SET \"databaseId\" = 'CKV_-3' WHERE id IN ('ckv_-2', 'ckv_-8')",
        "UPDATE jobs SET \"documentId\" = 'CKV_-5' WHERE id IN ('ckv_-4', 'ckv_-0')",
    };

    private final SecretBox box = TestKeys.box();
    private TestSql database;

    private void make(String... more) throws Exception {
        database = new TestSql(FreshDatabases.prisma(ROWS));
        database.run(more);
    }

    @ParameterizedTest
    @EnumSource(
            value = Answer.class,
            names = {"DETACH", "REASSIGN"})
    void everyRowIsAsItWasWhateverWasAnswered(Answer answer) throws Exception {
        make(CROSSES);
        List<String> schema = SchemaDump.of(database);
        List<String> rows = rows();
        new ExpandSchema(database.database(), FreshDatabases.APP_USER).run();
        try (Connection connection = database.database().getConnection()) {
            new CrossUserRepair(connection, () -> true)
                    .run(new PreflightAnswers(Map.of(
                            "cross-user-server", answer,
                            "cross-user-database", answer,
                            "cross-user-document", answer)));
        }
        migrate();

        new PlainRollback(database.database(), box).run();

        assertThat(rows()).isEqualTo(rows);
        assertThat(SchemaDump.of(database)).isEqualTo(schema);
    }

    @Test
    void secondRealmsGoAndComeBack() throws Exception {
        make();
        new ExpandSchema(database.database(), FreshDatabases.APP_USER).run();
        migrate();
        database.run(
                "INSERT INTO realms (name, user_id) SELECT 'Work', id FROM users WHERE name < '5'",
                "INSERT INTO database_servers (id, name, type, host, port, user_id, realm_id, updated_at)"
                        + " SELECT 'Work-' || user_id, 's', 'QDRANT', 'h', 1, user_id, id, now() FROM realms WHERE name = 'Work'",
                "INSERT INTO databases (id, name, description, server_id, user_id, realm_id, updated_at)"
                        + " SELECT 'Work-' || user_id, 'same', '', 'Work-' || user_id, user_id, id, now() FROM realms WHERE name = 'Work'");
        String id = "Work-ckv_-0";
        String realm = only("SELECT realm_id FROM database_servers WHERE id = '" + id + "'");
        String sealed = box.seal("secret", AssociatedData.ofField(UUID.fromString(realm), id, "password"));
        database.run("UPDATE database_servers SET password = '" + sealed + "' WHERE id = '" + id + "'");
        List<String> places = database.ask("SELECT id || realm_id || name FROM databases ORDER BY 1");
        PlainRollback rollback = new PlainRollback(database.database(), box);

        rollback.run();
        assertThat(only("SELECT password FROM public.database_servers WHERE id = '" + id + "'"))
                .isEqualTo("secret");
        assertThat(only("SELECT name FROM public.databases WHERE id = '" + id + "'"))
                .isEqualTo("same (Work)");

        rollback.startAgain();
        migrate();
        assertThat(database.ask("SELECT id || realm_id || name FROM databases ORDER BY 1"))
                .isEqualTo(places);
    }

    private void migrate() throws Exception {
        assertThat(new PlainMigration(database.database()).run().sentence()).startsWith("All ");
        assertThat(database.ask(
                        "SELECT r.user_id FROM realms AS r JOIN users AS u ON u.id = r.user_id WHERE is_default"))
                .hasSize(10);
    }

    /** Counts of documents are set right by the contract, whatever was answered. */
    private List<String> rows() throws Exception {
        List<String> rows = new ArrayList<>();
        for (String table : TABLES) {
            rows.addAll(database.ask(
                    "SELECT '%1$s ' || (to_jsonb(t) - 'documentCount')::text FROM public.%1$s AS t ORDER BY 1"
                            .formatted(table)));
        }
        return rows;
    }

    private String only(String sql) throws Exception {
        return database.ask(sql).get(0);
    }
}
