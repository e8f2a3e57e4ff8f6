package dev.realms.ops.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.migration.schema.StageRun;
import dev.realms.migration.schema.TestSql;
import dev.realms.ops.OwnerDatabase;
import dev.realms.sql.Sql;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is there after the owner's work, on one node at a time. */
@DatabaseTest
class RetentionTest {

    private static final String MONTHS =
            "SELECT right(inhrelid::regclass::text, 7) FROM pg_inherits WHERE inhparent = 'realm_events'::regclass ORDER BY 1";

    private static final String CONTENT = """
            SELECT (SELECT count(*) FROM realms WHERE NOT is_active) || ' deleted, ' || (SELECT count(*) FROM documents) || ' documents, '
                   || (SELECT count(*) FROM jobs) || ' jobs, ' || (SELECT count(*) FROM api_keys) || ' keys'
            """;

    private static final String ANNAS = "user_id = (SELECT id FROM users WHERE name = 'Anna') AND NOT is_default";

    private static final String EXPECTED =
            "SELECT to_char(date_trunc('month', now()) + n * interval '1 month', 'YYYY_MM') FROM generate_series(%d, 6) AS n";

    @Test
    void makesWhatComesAndDropsWhatIsOld() throws Exception {
        TestSql database = new TestSql(FreshDatabases.finalized());
        database.run("CALL make_event_months(now() - interval '3 years')", "DROP TABLE " + last(database));

        Retention.keep(new OwnerDatabase(database.database()), 365);

        List<String> kept = database.ask(MONTHS);
        assertThat(kept).endsWith(database.ask(EXPECTED.formatted(0)).toArray(String[]::new));
        // A month that ended less than a year ago may have begun more than a year ago.
        assertThat(kept.size()).isBetween(12 + 7, 13 + 7);
    }

    @Test
    void leavesTheWorkToWhoeverIsAtIt() throws Exception {
        TestSql database = new TestSql(FreshDatabases.finalized());
        String last = last(database);
        database.run("DROP TABLE " + last);

        try (Connection other = database.database().getConnection()) {
            Sql.execute(other, "SELECT pg_advisory_lock(x'6576656e7473'::bigint)");
            Retention.keep(new OwnerDatabase(database.database()), 365);
            assertThat(last(database)).isNotEqualTo(last);
        }

        Retention.keep(new OwnerDatabase(database.database()), 365);
        assertThat(last(database)).isEqualTo(last);
    }

    @Test
    void doesNothingWhereThereAreNoRealms() throws Exception {
        TestSql database = new TestSql(FreshDatabases.preRealm());

        Retention.keep(new OwnerDatabase(database.database()), 1);

        assertThat(database.ask("SELECT to_regnamespace('realms') IS NULL")).containsExactly("t");
    }

    /** In portions. What has lost some of its rows does not come back. */
    @Test
    void removesWhatRealmsHeldWhenTheirTimeIsOver() throws Exception {
        TestSql database = deletedRealms();
        finish(database);
        keep(database);
        assertThat(database.ask(CONTENT)).containsExactly("2 deleted, 6 documents, 6 jobs, 2 keys");

        database.run("UPDATE realms SET content_kept_until = now() WHERE " + ANNAS);
        assertThat(database.ask("SELECT removed FROM purge_realm(2, '{}')")).containsExactly("2");
        assertThatThrownBy(() ->
                        database.run("UPDATE realms SET is_active = true, content_kept_until = NULL WHERE " + ANNAS))
                .hasMessageContaining("realms_content_removed_since_check");
        assertThat(database.ask("SELECT removed FROM generate_series(1, 2) AS n, purge_realm(n * 0 + 2, '{}')"))
                .containsExactly("1", "2");
        keep(database);
        assertThat(database.ask(CONTENT)).containsExactly("1 deleted, 3 documents, 3 jobs, 1 keys");

        database.run("UPDATE realms SET is_active = true, content_kept_until = NULL WHERE NOT is_default");
        assertThat(database.ask("SELECT count(*) FROM realms WHERE NOT is_active"))
                .containsExactly("0");
        assertThatThrownBy(() -> database.run("UPDATE realms SET is_active = false WHERE NOT is_default"))
                // Where ids change with what hangs on them the reference hands the flag on, which a check refuses.
                .hasMessageFindingMatch("_realm_(id_fkey|kept_check)\"");
    }

    /** The pre-realm application goes on with the rows, and a rollback brings them back: their owners have a month from the finalization on. */
    @Test
    void removesNothingBeforeTheFinalization() throws Exception {
        TestSql database = deletedRealms();
        database.run("UPDATE realms SET content_kept_until = '2001-01-01' WHERE NOT is_active");
        keep(database);
        assertThat(database.ask(CONTENT)).containsExactly("2 deleted, 6 documents, 6 jobs, 2 keys");

        finish(database);
        keep(database);

        assertThat(database.ask(CONTENT)).containsExactly("2 deleted, 6 documents, 6 jobs, 2 keys");
        assertThat(
                        database.ask(
                                "SELECT DISTINCT content_kept_until > now() + interval '29 days' FROM realms WHERE NOT is_active"))
                .containsExactly("t");
    }

    /** A reference of another table, or a trigger, keeps one of them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE notes AS SELECT realm_id, id FROM documents WHERE user_id = %s LIMIT 1;"
                        + " ALTER TABLE notes ADD FOREIGN KEY (realm_id, id) REFERENCES documents (realm_id, id)",
                "CREATE TABLE notes AS SELECT realm_id, id FROM documents WHERE user_id = %s LIMIT 1;"
                        + " ALTER TABLE notes ADD FOREIGN KEY (realm_id, id) REFERENCES documents (realm_id, id) DEFERRABLE INITIALLY DEFERRED",
                "CREATE FUNCTION stay() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';"
                        + " CREATE TRIGGER stays BEFORE DELETE ON realms FOR EACH ROW WHEN (OLD.user_id = %s) EXECUTE FUNCTION stay()",
                "CREATE FUNCTION stay() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';"
                        + " CREATE TRIGGER stays BEFORE DELETE ON documents FOR EACH ROW WHEN (OLD.user_id = %s) EXECUTE FUNCTION stay()"
            })
    void goesOnBehindARealmThatCanNotBeEmptied(String obstacle) throws Exception {
        TestSql database = deletedRealms();
        finish(database);
        String anna = database.ask("SELECT id FROM users WHERE name = 'Anna'").get(0);
        database.run(
                obstacle.replace("%s", "'" + anna + "'"),
                "UPDATE realms SET content_kept_until = CASE WHEN " + ANNAS
                        + " THEN now() - interval '1 day' ELSE now() END WHERE NOT is_active");

        keep(database);

        assertThat(database.ask("SELECT count(*) FROM realms WHERE NOT is_active AND user_id = '" + anna + "'"))
                .containsExactly("1");
        assertThat(database.ask("SELECT count(*) FROM realms WHERE NOT is_active"))
                .containsExactly("1");
    }

    @Test
    void leavesADayWhateverTheClockOfANodeSays() throws Exception {
        TestSql database = deletedRealms();
        database.run(
                "UPDATE realms SET is_active = true, content_kept_until = NULL WHERE NOT is_active",
                "UPDATE realms SET is_active = false, content_kept_until = '2001-01-01' WHERE NOT is_default");

        assertThat(
                        database.ask(
                                "SELECT DISTINCT content_kept_until > now() + interval '23 hours' FROM realms WHERE NOT is_active"))
                .containsExactly("t");
    }

    /** Who was in a realm when it was deleted has no row in it that nobody finds; the pre-realm application knows no realms. */
    @Test
    void onlyThePreRealmApplicationWritesIntoWhatIsKept() throws Exception {
        TestSql database = deletedRealms();
        String insert =
                "INSERT INTO documents (name, type, user_id, realm_id) SELECT 'n', 't', user_id, id FROM realms WHERE "
                        + ANNAS;

        database.run(insert);
        assertThatThrownBy(() -> database.run("SET app.realm_id = 'any'; " + insert))
                .hasMessageContaining("the row's realm is not a realm of its user that may hold rows");
    }

    /** Two users, of whom each has deleted a realm with what it holds, in the state {@code migrated}. */
    private static TestSql deletedRealms() throws Exception {
        TestSql database = new TestSql(FreshDatabases.migrated(
                "INSERT INTO users (name, email) VALUES ('Anna', 'anna@example.com'), ('Bert', 'bert@example.com')",
                "INSERT INTO documents (name, type, user_id) SELECT 'd', 't', id FROM users, generate_series(1, 3)",
                "INSERT INTO jobs (document_name, document_type, document_id, user_id) SELECT name, type, id, user_id FROM documents",
                "INSERT INTO api_keys (name, key, user_id) SELECT 'k', 'sk_' || id, id FROM users"));
        database.run(
                "UPDATE realms SET is_default = false;"
                        + " INSERT INTO realms (name, user_id, is_default) SELECT 'Home', id, true FROM users",
                "UPDATE realms SET is_active = false, content_kept_until = now() + interval '2 days' WHERE NOT is_default");
        return database;
    }

    private static void finish(TestSql database) {
        StageRun.finalization(database.database()).run(() -> false);
    }

    private static void keep(TestSql database) throws Exception {
        Retention.keep(new OwnerDatabase(database.database()), 365);
    }

    private static String last(TestSql database) throws Exception {
        return "realms.realm_events_" + database.ask(MONTHS + " DESC LIMIT 1").get(0);
    }
}
