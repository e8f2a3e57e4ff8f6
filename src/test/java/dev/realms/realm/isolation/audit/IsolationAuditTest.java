package dev.realms.realm.isolation.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.migration.control.PlainMigration;
import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.ExpandSchema;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.migration.schema.TestSql;
import dev.realms.ops.Snapshots;
import dev.realms.realm.isolation.audit.AuditReport.AuditCheck;
import dev.realms.testing.oldapplication.OldApplicationShape;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plants what no constraint would let through, and sees it found and named. */
@DatabaseTest
class IsolationAuditTest {

    private static final String ANNA = "00000000-0000-0000-0000-00000000000a";
    private static final String BERT = "00000000-0000-0000-0000-00000000000b";

    /** Anna and Bert have one of each; the ids are those of their users. A document, a server and a key of Bert stand alone. */
    private static final String[] BEFORE_REALMS = {
        "INSERT INTO users (id, name, email) VALUES ('%s', 'a', 'anna@example.com'), ('%s', 'b', 'bert@example.com')"
                .formatted(ANNA, BERT),
        "INSERT INTO user_settings (id, user_id) SELECT id, id FROM users",
        "INSERT INTO database_servers (id, name, type, host, port, password, user_id) SELECT id, 's', 'QDRANT', 'h', 1, 'plain', id FROM users",
        "INSERT INTO databases (id, name, description, document_count, user_id, server_id) SELECT id, 'd', '', 1, id, id FROM users",
        "INSERT INTO documents (id, name, type, user_id, database_id) SELECT id, 'o', 't', id, id FROM users",
        "INSERT INTO jobs (id, document_name, document_type, document_id, user_id) SELECT id, 'o', 't', id, id FROM users",
        "INSERT INTO api_keys (id, name, key, user_id) SELECT id, 'k', 'sk_' || id, id FROM users",
        "INSERT INTO documents (id, name, type, user_id) VALUES ('00000000-0000-0000-0000-000000000001', 'o', 't', '%s')"
                .formatted(BERT)
    };

    private static TestSql migrated;

    @BeforeAll
    static void migrate() throws Exception {
        migrated = new TestSql(FreshDatabases.expanded(BEFORE_REALMS));
        new PlainMigration(migrated.database()).complete();
        migrated.run(
                "INSERT INTO realms (id, name, user_id) VALUES ('00000000-0000-0000-0000-0000000000aa', 'second', '%s')"
                        .formatted(ANNA),
                "INSERT INTO api_keys (id, realm_id, name, key, prefix, user_id) VALUES ('00000000-0000-0000-0000-0000000000aa',"
                        + " '00000000-0000-0000-0000-0000000000aa', 'k', 'sha256:' || repeat('0', 64) || ':' || repeat('0', 32), 'rlm_', '%s')"
                                .formatted(ANNA),
                "INSERT INTO idempotent_requests (user_id, path, key, request_hash) VALUES ('%s', '/', 'k', '')"
                        .formatted(ANNA),
                // What happened in a realm that is gone by now.
                "INSERT INTO realms (id, name, user_id, is_active) VALUES ('00000000-0000-0000-0000-0000000000ab', 'gone', '%s', false)"
                        .formatted(ANNA),
                "INSERT INTO realm_events (realm_id, user_id, kind, details) SELECT id, user_id, 'realm-made', '{}' FROM realms");
    }

    @Test
    void passesAnEmptyDatabase() throws Exception {
        TestSql empty = new TestSql(FreshDatabases.finalized());

        AuditReport report = asOwner(empty);

        assertThat(report.passed()).as(report.failures()).isTrue();
        assertThat(report.checks())
                .hasSizeGreaterThan(50)
                .extracting(AuditCheck::rows)
                .contains(0L);
    }

    @Test
    void passesAMigratedDatabase() throws Exception {
        AuditReport report = asOwner(migrated);

        assertThat(report.passed()).as(report.failures()).isTrue();
        assertThat(report.checks())
                .filteredOn(check -> check.table().equals("documents"))
                .allMatch(check -> check.rows() == (check.check().equals("reference-in-realm") ? 2 : 3));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            has-realm documents | ALTER TABLE documents DROP CONSTRAINT documents_pkey CASCADE, ALTER realm_id DROP NOT NULL; UPDATE documents SET realm_id = NULL WHERE id = LONE; UPDATE pg_attribute SET attnotnull = true WHERE attrelid = 'documents'::regclass AND attname = 'realm_id'
            realm-exists documents | UPDATE documents SET realm_id = LONE WHERE id = LONE
            realm-kept api_keys | UPDATE realms SET is_active = false WHERE id = SECOND
            realm-of-owner api_keys | UPDATE api_keys SET user_id = BERT WHERE id = SECOND
            realm-of-owner documents | UPDATE documents SET realm_id = SECOND WHERE id = LONE
            id-unique documents | ALTER TABLE documents DROP CONSTRAINT documents_pkey CASCADE; DROP INDEX documents_id_key; INSERT INTO documents SELECT * FROM documents WHERE id = LONE
            realm-of-owner realm_events | UPDATE realm_events SET user_id = BERT WHERE realm_id = SECOND
            realm-exists realm_events | UPDATE realm_events SET realm_id = LONE WHERE realm_id = SECOND
            id-unique realm_events | INSERT INTO realm_events SELECT id, realm_id, user_id, created_at + interval '1 ms', kind, api_key, prefix, details FROM realm_events WHERE realm_id = SECOND
            id-unique realms | ALTER TABLE realms DROP CONSTRAINT realms_pkey, DROP CONSTRAINT realms_id_user_id_key CASCADE, DROP CONSTRAINT realms_id_user_id_is_kept_key CASCADE; DROP INDEX realms_active_name_key; INSERT INTO realms (id, name, user_id) VALUES (SECOND, 'third', ANNA)
            reference-in-realm databases | UPDATE databases SET server_id = BERT WHERE id = ANNA
            reference-in-realm jobs | UPDATE jobs SET document_id = LONE WHERE id = ANNA
            reference-in-realm databases | DELETE FROM database_servers WHERE id = ANNA
            reference-in-realm documents | ALTER TABLE documents DROP CONSTRAINT documents_realm_id_database_id_fkey; UPDATE documents SET database_id = ANNA WHERE id = BERT
            one-default-realm users | UPDATE realms SET is_default = false WHERE user_id = BERT
            one-default-realm users | DROP INDEX realms_default_per_user_key; UPDATE realms SET is_default = true WHERE id = SECOND
            email-unique users | DROP INDEX users_email_folded_key; UPDATE users SET email = 'aNNa@example.com' WHERE id = BERT
            user-exists realms; user-exists user_settings | DELETE FROM users WHERE id = BERT
            user-exists idempotent_requests | UPDATE idempotent_requests SET user_id = SECOND
            current-realm-of-user user_settings | UPDATE user_settings SET current_realm_id = SECOND WHERE user_id = BERT
            active-name-unique realms | DROP INDEX realms_active_name_key; UPDATE realms SET name = U&'De\\0301fault' WHERE id = SECOND; INSERT INTO realms (name, user_id) VALUES (U&'D\\00C9FAULT', ANNA)
            name-unique databases | ALTER TABLE databases DROP CONSTRAINT databases_name_realm_id_key; INSERT INTO databases (realm_id, name, pre_realm_name, description, user_id, server_id) SELECT realm_id, name, 'other', '', user_id, server_id FROM databases WHERE id = BERT
            name-bounds realms | ALTER TABLE realms DROP CONSTRAINT realms_name_check; UPDATE realms SET name = ' ' WHERE id = SECOND
            description-bounds realms | ALTER TABLE realms DROP CONSTRAINT realms_description_check; UPDATE realms SET description = repeat('x', 501) WHERE id = SECOND
            quality-bounds documents | ALTER TABLE documents DROP CONSTRAINT documents_quality_check; UPDATE documents SET quality = 'NaN' WHERE id = LONE
            quality-bounds documents | ALTER TABLE documents DROP CONSTRAINT documents_quality_check; UPDATE documents SET quality = '-Infinity' WHERE id = LONE
            percentage-bounds jobs | ALTER TABLE jobs DROP CONSTRAINT jobs_percentage_check; UPDATE jobs SET percentage = 101 WHERE id = ANNA; ALTER TABLE jobs ADD CONSTRAINT jobs_percentage_check CHECK (percentage BETWEEN 0 AND 100) NOT VALID; UPDATE pg_constraint SET convalidated = true WHERE conname = 'jobs_percentage_check'
            end-after-start jobs | ALTER TABLE jobs DROP CONSTRAINT jobs_end_date_check; UPDATE jobs SET end_date = start_date - interval '1 s'
            ended-has-end jobs | ALTER TABLE jobs DROP CONSTRAINT jobs_ended_check; UPDATE jobs SET status = 'FAILED'
            password-key-known database_servers | UPDATE database_servers SET password = concat('realms:v1:01234567:', repeat('x', 40)) WHERE id = ANNA
            password-sealed database_servers; password-key-known database_servers | UPDATE database_servers SET password = 'realms:v1:01234567:short' WHERE id = ANNA
            api-key-sealed database_servers; api-key-key-known database_servers | UPDATE database_servers SET api_key = concat('realms:v1:01234567:', repeat('+', 40)) WHERE id = ANNA
            answer-sealed idempotent_requests | UPDATE idempotent_requests SET body = '{}'
            key-hashed api_keys | UPDATE api_keys SET key = 'sha256:0' WHERE id = BERT
            key-hashed api_keys | UPDATE api_keys SET key = api_key_hash('sk_') WHERE id = BERT
            key-hashed api_keys | UPDATE api_keys SET key = concat('rlm_', repeat('x', 38)) WHERE id = BERT
            key-hashed api_keys | UPDATE api_keys SET key = 'other' WHERE id = SECOND
            key-hashed api_keys | UPDATE api_keys SET previous_key = 'other' WHERE id = BERT
            key-unique api_keys | UPDATE api_keys SET previous_key = api_key_hash(concat('sk_', ANNA)) WHERE id = BERT
            all-covered * | ALTER TABLE documents ADD COLUMN parent_id uuid
            all-covered * | CREATE TABLE notes (id uuid, realm_id uuid)
            all-covered * | ALTER TABLE jobs DROP COLUMN realm_id CASCADE
            realm-exists notes; reference-in-realm notes | CREATE TABLE notes (realm_id uuid, id uuid, user_id [uuid], document_id [uuid], FOREIGN KEY (realm_id, document_id) REFERENCES documents (realm_id, id)); INSERT INTO notes VALUES (LONE, LONE, BERT, LONE)
            """)
    void findsWhatWasPlanted(String expected, String planted) throws Exception {
        try (Connection connection =
                        FreshDatabases.asSuperuser(migrated.database()).getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET LOCAL session_replication_role = replica; SET LOCAL allow_system_table_mods = on");
            statement.execute(OldApplicationShape.CHOSEN
                    .named(planted)
                    .replace("ANNA", "'" + ANNA + "'")
                    .replace("BERT", "'" + BERT + "'")
                    .replace("SECOND", "'00000000-0000-0000-0000-0000000000aa'")
                    .replace("LONE", "'00000000-0000-0000-0000-000000000001'"));

            AuditReport report = IsolationAudit.run(connection, (check, done, total) -> {});

            assertThat(report.checks())
                    .filteredOn(check -> !check.passed())
                    .allSatisfy(check -> assertThat(check.ids()).isNotEmpty().hasSizeLessThanOrEqualTo(20))
                    .extracting(check -> check.check() + " " + check.table())
                    .containsExactlyInAnyOrder(expected.split("; "));
            connection.rollback();
        }
    }

    @Test
    void leavesTablesOfOthersAlone() throws Exception {
        TestSql database = new TestSql(FreshDatabases.preRealm(BEFORE_REALMS));
        database.run(
                "CREATE TABLE orders (id uuid, user_id [uuid] REFERENCES users (id))",
                "CREATE TABLE client (id varchar(36), realm_id varchar(36))");
        new ExpandSchema(database.database(), FreshDatabases.APP_USER).run();

        assertThat(new PlainMigration(database.database()).run().passed()).isTrue();
    }

    @Test
    void saysNothingOfWhatItCannotSee() throws Exception {
        TestSql database = new TestSql(FreshDatabases.finalized());
        database.run("ALTER TABLE documents FORCE ROW LEVEL SECURITY");

        AuditReport report = asOwner(database);

        assertThat(report.failures()).isEqualTo("sees-every-row (*, 1 of 1 rows)");
        assertThat(report.checks()).singleElement().extracting(AuditCheck::ids).isEqualTo(List.of("documents"));
    }

    @Test
    void leavesNothingPlainAndNoWrongCountOnceFinalized() throws Exception {
        TestSql database = new TestSql(FreshDatabases.finalized());
        database.run(
                "WITH u AS (INSERT INTO users (name, email) VALUES ('a', 'a@example.com') RETURNING id),"
                        + " r AS (INSERT INTO realms (name, user_id, is_default) SELECT 'Default', id, true FROM u RETURNING id, user_id)"
                        + " SELECT set_config('test.realm', id::text, false), set_config('test.user', user_id::text, false) FROM r;"
                        + " INSERT INTO database_servers (realm_id, name, type, host, port, password, user_id)"
                        + " VALUES (current_setting('test.realm')::uuid, 's', 'QDRANT', 'h', 1, 'plain', current_setting('test.user')::uuid);"
                        + " INSERT INTO api_keys (realm_id, name, key, user_id)"
                        + " VALUES (current_setting('test.realm')::uuid, 'k', 'plain', current_setting('test.user')::uuid);"
                        + " INSERT INTO databases (realm_id, name, description, user_id, server_id) SELECT realm_id, 'd', '', user_id, id FROM database_servers;"
                        + " ALTER TABLE databases DISABLE TRIGGER databases_document_count; UPDATE databases SET document_count = 2");

        assertThat(asOwner(database).failures())
                .isEqualTo("password-sealed (database_servers, 1 of 1 rows), key-hashed (api_keys, 1 of 1 rows),"
                        + " document-count (databases, 1 of 1 rows)");
    }

    @Test
    void namesNoMoreRowsThanCanBeReadAndAllOfTheCount() throws Exception {
        TestSql database = new TestSql(FreshDatabases.preRealm(BEFORE_REALMS));
        database.run(
                "INSERT INTO documents (name, type, [user_id]) SELECT 'o', 't', id FROM users, generate_series(1, 50)");
        new ExpandSchema(database.database(), FreshDatabases.APP_USER).run();

        AuditReport report = asOwner(database);

        assertThat(report.checks())
                .filteredOn(check ->
                        check.check().equals("has-realm") && check.table().equals("documents"))
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.violations()).isEqualTo(103);
                    assertThat(check.ids()).hasSize(20).isSorted();
                });
        assertThat(report.checks()).extracting(AuditCheck::check).doesNotContain("document-count");
    }

    @Test
    void tellsHowFarItIs() throws Exception {
        List<String> told = new ArrayList<>();

        AuditReport report = Snapshots.read(
                migrated.database().getConnection(),
                statement -> IsolationAudit.run(
                        statement, (check, done, total) -> told.add(check + " " + done + "/" + total)));

        int invariants = report.checks().size() - 2;
        assertThat(told).hasSize(invariants).startsWith("has-realm api_keys 0/" + invariants);
    }

    private static AuditReport asOwner(TestSql database) throws Exception {
        try (Connection connection = database.database().getConnection()) {
            return Snapshots.read(connection, snapshot -> IsolationAudit.run(snapshot, (check, done, total) -> {}));
        }
    }
}
