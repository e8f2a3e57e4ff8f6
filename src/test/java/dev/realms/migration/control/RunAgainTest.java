package dev.realms.migration.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.migration.check.VerificationReport;
import dev.realms.migration.move.Placement;
import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.FreshDatabases;
import java.sql.Connection;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What has its place keeps it, however often the migration runs. */
@DatabaseTest
class RunAgainTest {

    private static final String EVERY_ROW = """
            SELECT id || ' ' || xmin || ' ' || ctid || ' ' || row FROM (
              SELECT id, xmin, ctid, realms::text AS row FROM realms
              UNION ALL SELECT id, xmin, ctid, users::text FROM users
              UNION ALL SELECT id, xmin, ctid, user_settings::text FROM user_settings
              UNION ALL SELECT id, xmin, ctid, database_servers::text FROM database_servers
              UNION ALL SELECT id, xmin, ctid, databases::text FROM databases
              UNION ALL SELECT id, xmin, ctid, documents::text FROM documents
              UNION ALL SELECT id, xmin, ctid, jobs::text FROM jobs
              UNION ALL SELECT id, xmin, ctid, api_keys::text FROM api_keys) AS rows ORDER BY 1""";

    @Test
    void threeMoreRunsChangeNoRowOfUsersWithSecondRealms() throws Exception {
        DataSource owner = FreshDatabases.empty();
        PreRealmDatabase database = PreRealmDatabase.expanded(owner, 60);
        PlainMigration migration = new PlainMigration(owner);
        migration.verifyAfterMoving();
        database.execute("INSERT INTO realms (name, user_id) SELECT 'Second', id FROM users");
        for (String table : List.of("database_servers", "databases", "documents", "jobs", "api_keys")) {
            database.execute(("UPDATE %s AS t SET realm_id = r.id FROM realms AS r"
                            + " WHERE r.user_id = t.user_id AND NOT r.is_default AND hashtext(t.user_id::text) %% 2 = 0")
                    .formatted(table));
        }
        // As users do: another realm is the default one now.
        database.execute("UPDATE realms SET is_default = false WHERE is_default AND hashtext(user_id::text) % 3 = 0");
        database.execute(
                "UPDATE realms SET is_default = true WHERE name = 'Second' AND hashtext(user_id::text) % 3 = 0");
        List<String> before = database.askAll(EVERY_ROW);

        for (int run = 0; run < 3; run++) {
            migration.move();
            try (Connection connection = owner.getConnection()) {
                for (Placement placement : Placement.ALL) {
                    placement.sweep(connection, () -> true);
                }
            }
            assertThat(migration.verify()).matches(VerificationReport::passed);
        }

        assertThat(database.askAll(EVERY_ROW)).isEqualTo(before);
    }
}
