package dev.realms.realm.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.migration.control.PlainMigration;
import dev.realms.migration.rollback.PlainRollback;
import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.migration.schema.StageRun;
import dev.realms.migration.schema.TestSql;
import dev.realms.security.secret.TestKeys;
import dev.realms.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database writes down by itself, and for how long. */
@DatabaseTest
class RealmEventsTest {

    private static final String[] ROWS = {
        "INSERT INTO users (name, email) VALUES ('Anna', 'anna@example.com'), ('Bert', 'bert@example.com')",
        "INSERT INTO database_servers (name, type, host, port, user_id) SELECT 's', 'QDRANT', 'h', 1, id FROM users",
        "INSERT INTO api_keys (name, key, user_id) SELECT 'k', 'sk_' || id, id FROM users"
    };

    private static final String EVENTS =
            "SELECT concat_ws(' ', r.name, e.kind, e.prefix, e.details - '{apiKeyId,realmId,expiresAt}'::text[])"
                    + " FROM realm_events AS e JOIN realms AS r ON r.id = e.realm_id AND r.user_id = e.user_id ORDER BY e.id";

    private static final String KEY = "(SELECT id FROM api_keys WHERE user_id = open_user_id()), open_realm_id()";

    private TestSql database;

    @Test
    void theMigrationAndTheOldApplicationAreNobodyInARealm() throws Exception {
        make(false);

        database.run(
                "INSERT INTO users (name, email) VALUES ('Cleo', 'cleo@example.com')",
                "DELETE FROM public.api_keys",
                "UPDATE realms SET name = 'Other'");

        assertThat(database.ask(EVENTS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void notesWhatHappensToRealms(boolean isFinalized) throws Exception {
        make(isFinalized);

        asAnna(
                "INSERT INTO realms (name, user_id) VALUES ('Work', open_user_id())",
                "UPDATE realms SET name = 'Lab', description = 'x' WHERE name = 'Work'",
                "UPDATE realms SET description = 'y' WHERE name = 'Lab'",
                "UPDATE realms SET is_default = false WHERE user_id = open_user_id() AND name = 'Default';"
                        + " UPDATE realms SET is_default = true WHERE name = 'Lab'",
                "UPDATE realms SET is_default = false WHERE name = 'Lab';"
                        + " UPDATE realms SET is_default = true WHERE user_id = open_user_id() AND name = 'Default'",
                "UPDATE realms SET is_active = false WHERE name = 'Lab'",
                "UPDATE realms SET is_active = true WHERE name = 'Lab'");

        assertThat(database.ask(EVENTS))
                .containsExactly(
                        "Lab realm-made {\"name\": \"Work\"}",
                        "Lab realm-renamed {\"name\": \"Lab\", \"previousName\": \"Work\"}",
                        "Default default-lost {\"name\": \"Default\"}",
                        "Lab default-gained {\"name\": \"Lab\"}",
                        "Lab default-lost {\"name\": \"Lab\"}",
                        "Default default-gained {\"name\": \"Default\"}",
                        "Lab realm-deleted {\"name\": \"Lab\"}",
                        "Lab realm-restored {\"name\": \"Lab\"}");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void notesWhatHappensToKeys(boolean isFinalized) throws Exception {
        make(isFinalized);

        asAnna(
                "INSERT INTO api_keys (name, key, prefix, user_id, realm_id)"
                        + " VALUES ('ci', api_key_hash('a') || ':' || md5('a'), 'rlm_a', open_user_id(), open_realm_id())",
                "UPDATE api_keys SET name = 'cd' WHERE name = 'ci'",
                // Another ending behind the same hash.
                "UPDATE api_keys SET key = api_key_hash('a') || ':' || md5('b') WHERE name = 'cd'",
                "UPDATE api_keys SET key = api_key_hash('b') || ':' || md5('b'), prefix = 'rlm_b' WHERE name = 'cd'",
                "UPDATE api_keys SET revoked_at = now() WHERE name = 'cd'",
                "UPDATE api_keys SET revoked_at = now() WHERE name = 'cd'",
                "DELETE FROM api_keys WHERE name = 'cd'");

        assertThat(database.ask(EVENTS))
                .containsExactly(
                        "Default key-made {\"name\": \"ci\", \"access\": \"WRITE\", \"prefix\": \"rlm_a\"}",
                        "Default key-rotated {\"name\": \"cd\", \"prefix\": \"rlm_b\", \"previousPrefix\": \"rlm_a\"}",
                        "Default key-revoked {\"name\": \"cd\", \"prefix\": \"rlm_b\"}",
                        "Default key-deleted {\"name\": \"cd\", \"prefix\": \"rlm_b\"}");
    }

    @Test
    void notesEachNewNetworkOnceAndNotAllOfTheWorld() throws Exception {
        make(true);

        asAnna(
                "SELECT touch_api_key(" + KEY + ", '192.0.2.0/24'), touch_api_key(" + KEY + ", '192.0.2.0/24')",
                "SELECT touch_api_key(" + KEY + ", '198.51.100.0/24')");

        assertThat(database.ask(EVENTS))
                .containsExactly(
                        "Default key-used-from-new-network {\"name\": \"k\", \"network\": \"192.0.2.0/24\"}",
                        "Default key-used-from-new-network {\"name\": \"k\", \"network\": \"198.51.100.0/24\"}");
        assertThat(database.ask("SELECT last_used_network FROM api_keys WHERE last_used IS NOT NULL"))
                .containsExactly("198.51.100.0/24");
        assertThat(database.ask(
                        "SELECT api_key = k.id::text FROM realm_events, api_keys AS k WHERE k.last_used IS NOT NULL"))
                .containsOnly("t");

        asAnna("SELECT touch_api_key(" + KEY + ", n::text) FROM generate_series(1, 200) AS n");

        assertThat(database.ask("SELECT count(*) FROM realm_events")).containsExactly("20");
        assertThat(database.ask("SELECT cardinality(known_networks) FROM api_keys WHERE last_used IS NOT NULL"))
                .containsExactly("100");
    }

    @Test
    void aFloodOfDeniedTriesIsOneEventAnHourForEachReason() throws Exception {
        make(true);

        asAnna(
                "SELECT note_denied_key(" + KEY + ", 'revoked', 'n') FROM generate_series(1, 50)",
                "SELECT note_denied_key(" + KEY + ", 'read-only', 'n')");

        assertThat(database.ask("SELECT details ->> 'reason' FROM realm_events ORDER BY created_at"))
                .containsExactly("revoked", "read-only");

        database.run("UPDATE realm_events SET created_at = created_at - interval '61 minutes'");
        asAnna("SELECT note_denied_key(" + KEY + ", 'revoked', 'n')");

        assertThat(database.ask("SELECT count(*) FROM realm_events")).containsExactly("3");
    }

    @Test
    void theListOfKindsIsThatOfTheDatabase() throws Exception {
        make(true);

        assertThat(database.ask("SELECT pg_get_constraintdef(oid) FROM pg_constraint"
                                + " WHERE conrelid = 'realm_events'::regclass AND conname = 'realm_events_kind_check'")
                        .get(0)
                        .replaceAll("[^']*'([^']*)'[^']*", "$1 ")
                        .strip())
                .isEqualTo(
                        Arrays.stream(EventKind.values()).map(EventKind::text).collect(Collectors.joining(" ")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO realm_events SELECT * FROM realm_events",
                "UPDATE realm_events SET kind = kind",
                "DELETE FROM realm_events",
                "TRUNCATE realm_events",
                "SELECT FROM %s",
                "INSERT INTO %s SELECT * FROM realm_events"
            })
    void theRuntimeRoleReadsAndNothingElse(String sql) throws Exception {
        make(true);
        asAnna("INSERT INTO realms (name, user_id) VALUES ('Work', open_user_id())");
        String month =
                database.ask("SELECT tableoid::regclass FROM realm_events").get(0);

        try (Connection connection =
                FreshDatabases.asSuperuser(database.database()).getConnection()) {
            Sql.execute(connection, "SET ROLE " + FreshDatabases.APP_USER);
            Sql.execute(connection, "SELECT set_config('app.realm_id', gen_random_uuid()::text, false)");
            assertThat(Sql.texts(connection, "SELECT kind FROM realm_events")).isEmpty();

            assertThatThrownBy(() -> Sql.execute(connection, sql.formatted(month)))
                    .hasMessageContaining("permission denied for table realm_events");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM users WHERE id = open_user_id()",
                "UPDATE users SET id = gen_random_uuid() WHERE id = open_user_id()"
            })
    void whoGoesOrGetsAnotherIdTakesTheirEventsAlong(String sql) throws Exception {
        make(false);
        asAnna("UPDATE realms SET name = 'Home' WHERE id = open_realm_id()");
        database.run("DELETE FROM api_keys", "DELETE FROM database_servers");

        asAnna(sql);

        assertThat(database.ask("SELECT count(*) FROM realm_events"))
                .isEqualTo(
                        database.ask(
                                "SELECT count(*) FROM realm_events JOIN realms AS r ON r.id = realm_id AND r.user_id = realm_events.user_id"))
                .containsExactly(sql.startsWith("DELETE") ? "0" : "1");
    }

    @Test
    void monthsAreThereBeforeTheyComeAndGoAsAWhole() throws Exception {
        make(true);
        database.run("CALL make_event_months(now() - interval '400 days')");
        database.run(
                "INSERT INTO realm_events (realm_id, user_id, kind, details, created_at)"
                        + " SELECT id, user_id, 'realm-made', '{}', now() - d * interval '1 day' FROM realms, generate_series(0, 399, 20) AS d WHERE name = 'Default'");

        database.run("CALL drop_event_months(90)");

        assertThat(
                        database.ask(
                                "SELECT count(DISTINCT created_at) >= 5 AND min(created_at) >= date_trunc('month', now() - interval '90 days') FROM realm_events"))
                .containsExactly("t");
        assertThat(
                        database.ask(
                                "SELECT right(inhrelid::regclass::text, 7) FROM pg_inherits WHERE inhparent = 'realm_events'::regclass ORDER BY 1 DESC LIMIT 3"))
                .isEqualTo(
                        database.ask(
                                "SELECT to_char(date_trunc('month', now()) + n * interval '1 month', 'YYYY_MM') FROM generate_series(6, 4, -1) AS n"));
    }

    /** No node has run for long, or a clock is wrong. */
    @Test
    void whereTheMonthIsMissingTheActGoesOn() throws Exception {
        make(true);
        database.run("DROP TABLE "
                + database.ask("SELECT to_char(now(), '\"realms.realm_events_\"YYYY_MM')")
                        .get(0));

        asAnna("INSERT INTO realms (name, user_id) VALUES ('Work', open_user_id())");

        assertThat(database.ask("SELECT count(*) FROM realms WHERE name = 'Work'"))
                .containsExactly("1");
        assertThat(database.ask("SELECT count(*) FROM realm_events")).containsExactly("0");
        database.run("CALL make_event_months()");
        assertThatThrownBy(() -> asAnna("SELECT note_event(open_realm_id(), 'made-up', '{}')"))
                .hasMessageContaining("realm_events_kind_check");
    }

    @Test
    void takesNoReasonOfACallersOwn() throws Exception {
        make(true);

        assertThatThrownBy(() -> asAnna("SELECT note_denied_key(" + KEY + ", 'made up', 'n')"))
                .hasMessageContaining("neither a reason nor a network");
        assertThatThrownBy(() -> asAnna("SELECT touch_api_key(" + KEY + ", repeat('n', 65))"))
                .hasMessageContaining("no network");
    }

    /** Somebody holds a realm for long: the next time will do. */
    @Test
    void waitsForNobodyToDropAMonth() throws Exception {
        make(true);
        database.run("CALL make_event_months(now() - interval '400 days')");

        try (Connection busy = database.database().getConnection()) {
            busy.setAutoCommit(false);
            Sql.execute(busy, "SELECT FROM realms FOR KEY SHARE");

            assertThatThrownBy(() -> database.run("CALL drop_event_months(90)")).hasMessageContaining("lock timeout");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"REALM_MADE", "KEY_DENIED"})
    void eventsWaitInTheArchiveAndComeBack(EventKind kind) throws Exception {
        make(false);
        asAnna("SELECT note_event(open_realm_id(), '%s', '{\"n\": 1}', 'id', 'rlm_')".formatted(kind.text()));
        database.run(
                "CALL make_event_months(now() - interval '60 days')",
                "UPDATE realm_events SET created_at = created_at - interval '50 days'");
        List<String> before = everything();
        PlainRollback rollback = new PlainRollback(database.database(), TestKeys.box());

        for (int i = 0; i < 2; i++) {
            rollback.run();
            assertThat(database.ask("SELECT to_regnamespace('realms') IS NULL")).containsExactly("t");
            rollback.startAgain();
            new PlainMigration(database.database()).complete();

            assertThat(everything()).isEqualTo(before);
        }
    }

    private List<String> everything() throws SQLException {
        return database.ask("SELECT to_jsonb(e) FROM realm_events AS e ORDER BY id");
    }

    private void make(boolean isFinalized) throws Exception {
        database = new TestSql(FreshDatabases.migrated(ROWS));
        if (isFinalized) {
            StageRun.finalization(database.database()).run(() -> false);
        }
    }

    /** As the owner of the schema, with Anna's default realm open, each in a transaction of its own. */
    private void asAnna(String... statements) throws SQLException {
        try (Connection connection = database.database().getConnection()) {
            Sql.execute(
                    connection,
                    "SELECT set_config('app.user_id', u.id::text, false), set_config('app.realm_id', r.id::text, false)"
                            + " FROM users AS u JOIN realms AS r ON r.user_id = u.id AND r.is_default WHERE u.name = 'Anna'");
            for (String sql : statements) {
                Sql.execute(connection, sql);
            }
        }
    }
}
