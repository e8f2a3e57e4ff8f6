package dev.realms.migration.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.migration.answer.PreflightAnswers;
import dev.realms.migration.answer.PreflightAnswers.Answer;
import dev.realms.migration.check.PreflightReport.PreflightFinding;
import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.ExpandSchema;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.migration.schema.TestSql;
import dev.realms.testing.oldapplication.OldApplicationShape;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.FieldError;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DatabaseTest
class PreflightTest {

    /** Anna and Bert have a server, a database, a document and a job each; ids end in 1 for Anna, in 2 for Bert. */
    private static final String[] TWO_USERS = {
        "INSERT INTO users (id, name, email) SELECT ('00000000-0000-0000-0000-00000000000' || n)::uuid, 'u', n || '@example.com'"
                + " FROM generate_series(1, 2) AS n",
        "INSERT INTO database_servers (id, name, type, host, port, [user_id]) SELECT id, 's', 'QDRANT', 'h', 1, id FROM users",
        "INSERT INTO databases (id, name, description, [document_count], [user_id], [server_id]) SELECT id, 'd', '', 1, id, id FROM users",
        "INSERT INTO documents (id, name, type, [user_id], [database_id]) SELECT id, 'o', 't', id, id FROM users",
        "INSERT INTO jobs (id, [document_name], [document_type], [document_id], [user_id]) SELECT id, 'o', 't', id, id FROM users"
    };

    @Test
    void findsNothingWhereAllIsWell() throws Exception {
        PreflightReport report = preflight(database());

        assertThat(report.ready()).isTrue();
        assertThat(report.findings()).isEmpty();
        assertThat(report.rows())
                .isEqualTo(Map.of(
                        "users",
                        2L,
                        "database_servers",
                        2L,
                        "databases",
                        2L,
                        "documents",
                        2L,
                        "jobs",
                        2L,
                        "api_keys",
                        0L));
        assertThat(report.rowsToTouch()).isEqualTo(report.rows());
    }

    @Test
    void looksAtADatabaseThatHasNeverHeardOfRealms() throws Exception {
        TestSql database = new TestSql(FreshDatabases.preRealm());
        database.run(TWO_USERS);
        TestSql superuser = new TestSql(FreshDatabases.asSuperuser(database.database()));
        superuser.run(
                "CREATE FUNCTION refuse() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''no''; END'",
                "CREATE EVENT TRIGGER refuse ON ddl_command_start EXECUTE FUNCTION refuse()",
                "DO $$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC, realms_owner', current_database()); END $$");
        String schemas = "SELECT nspname FROM pg_namespace";
        List<String> before = database.ask(schemas);

        PreflightReport report = preflight(database);

        assertThat(report.findings()).extracting(PreflightFinding::code).containsExactly("event-trigger");
        assertThat(report.rowsToTouch()).isEqualTo(report.rows()).containsEntry("documents", 2L);
        assertThat(database.ask(schemas)).isEqualTo(before);
    }

    /** What makes each question find something; {@code %1$s} is Anna and {@code %2$s} Bert. */
    private static final Map<PreflightQuestion, List<String>> FOUND = Map.ofEntries(
            Map.entry(
                    PreflightQuestion.CROSS_USER_SERVER,
                    List.of("UPDATE databases SET [server_id] = '%1$s' WHERE id = '%2$s'")),
            Map.entry(
                    PreflightQuestion.CROSS_USER_DATABASE,
                    List.of("UPDATE documents SET [database_id] = '%1$s' WHERE id = '%2$s'")),
            Map.entry(
                    PreflightQuestion.CROSS_USER_DOCUMENT,
                    List.of("UPDATE jobs SET [document_id] = '%1$s' WHERE id = '%2$s'")),
            Map.entry(
                    PreflightQuestion.EMAIL_CASE,
                    List.of("INSERT INTO users (id, name, email) VALUES (gen_random_uuid(), 'x', '2@Example.com')")),
            Map.entry(
                    PreflightQuestion.EMAIL_UNREACHABLE,
                    List.of(
                            "UPDATE users SET email = 'bert' WHERE id = '%2$s'",
                            "UPDATE users SET email = '' WHERE id = '%2$s'",
                            "UPDATE users SET email = 'bert@example.com ' WHERE id = '%2$s'",
                            "UPDATE users SET email = U&'be\\200Brt@example.com' WHERE id = '%2$s'",
                            "UPDATE users SET email = repeat('b', 250) || '@x.de' WHERE id = '%2$s'")),
            Map.entry(
                    PreflightQuestion.DANGLING_REFERENCE,
                    List.of("UPDATE documents SET [database_id] = gen_random_uuid() WHERE id = '%2$s'")),
            Map.entry(
                    PreflightQuestion.QUALITY_OUT_OF_RANGE,
                    List.of(
                            "UPDATE documents SET quality = 'NaN' WHERE id = '%2$s'",
                            "UPDATE documents SET quality = -0.1 WHERE id = '%2$s'")),
            Map.entry(
                    PreflightQuestion.PERCENTAGE_OUT_OF_RANGE,
                    List.of("UPDATE jobs SET percentage = 101 WHERE id = '%2$s'")),
            Map.entry(
                    PreflightQuestion.END_BEFORE_START,
                    List.of("UPDATE jobs SET [end_date] = [start_date] - interval '1 s' WHERE id = '%2$s'")),
            Map.entry(PreflightQuestion.END_MISSING, List.of("UPDATE jobs SET status = 'FAILED' WHERE id = '%2$s'")),
            Map.entry(
                    PreflightQuestion.LOOKS_LIKE_OURS,
                    List.of(
                            "INSERT INTO api_keys (id, name, key, [user_id]) VALUES ('%2$s', 'k', 'sha256:abc', '%2$s')",
                            "INSERT INTO api_keys (id, name, key, [user_id]) VALUES ('%2$s', 'k', 'rlm_' || repeat('x', 38), '%2$s')",
                            "UPDATE database_servers SET [api_key] = 'realms:v1:mine' WHERE id = '%2$s'",
                            "UPDATE database_servers SET password = 'realms:v1:' WHERE id = '%2$s'")),
            Map.entry(
                    PreflightQuestion.DOCUMENT_COUNT,
                    List.of("UPDATE databases SET [document_count] = 7 WHERE id = '%2$s'")));

    @ParameterizedTest
    @EnumSource
    void saysWhichShapeItFoundAndWhatComesAlong(OldApplicationShape shape) throws Exception {
        TestSql raw = new TestSql(FreshDatabases.empty());
        raw.run(shape.schema(), shape.rows(20), "ALTER TABLE jobs ADD COLUMN note text");
        raw.run(
                "CREATE TABLE _prisma_migrations (migration_name text, finished_at timestamptz, rolled_back_at timestamptz)");

        PreflightReport before = preflight(raw);

        assertThat(before.shape()).isEqualTo(shape.name().toLowerCase(Locale.ROOT));
        assertThat(before.extras()).containsExactly("column jobs.note text");
        assertThat(before.ready()).as(before.findings().toString()).isTrue();
        assertThat(before.rows()).isEqualTo(before.rowsToTouch()).containsEntry("users", 20L);
        assertThat(raw.ask("SELECT nspname FROM pg_namespace WHERE nspname IN ('realms', 'migration')"))
                .isEmpty();

        raw.run("INSERT INTO _prisma_migrations VALUES ('20260101_half', NULL, NULL)");
        assertThat(preflight(raw).findings())
                .filteredOn(finding -> finding.code().equals("prisma-migration"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.ids()).containsExactly("20260101_half"));
        raw.run("UPDATE _prisma_migrations SET rolled_back_at = now()");
        if (shape == OldApplicationShape.PRISMA) {
            raw.run("UPDATE api_keys SET id = 'a b' WHERE id = (SELECT min(id) FROM api_keys)");
            assertThat(preflight(raw).findings())
                    .filteredOn(finding -> finding.code().equals("id-that-fits-no-rule"))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.ids()).containsExactly("a b"));
            raw.run("UPDATE api_keys SET id = 'a_b' WHERE id = 'a b'");
        }

        new ExpandSchema(raw.database(), FreshDatabases.APP_USER).run();
        PreflightReport after = preflight(raw);
        assertThat(after.shape()).isEqualTo(before.shape());
        assertThat(after.extras()).isEmpty();
        assertThat(after.rows()).isEqualTo(before.rows());
    }

    /** Found in the sessions, not in the tables. */
    private static final Set<PreflightQuestion> OF_SESSIONS =
            Set.of(PreflightQuestion.OLD_SNAPSHOT, PreflightQuestion.PREPARED_TRANSACTION);

    @ParameterizedTest
    @EnumSource
    void findsAndRefusesWhatTheContractWould(PreflightQuestion question) throws Exception {
        String anna = "00000000-0000-0000-0000-000000000001";
        String bert = "00000000-0000-0000-0000-000000000002";
        if (OF_SESSIONS.contains(question)) {
            assertThat(question.answers()).containsExactly(Answer.IGNORE, Answer.REFUSE);
            return;
        }

        if (OF_THE_CATALOGUE.contains(question)) {
            return;
        }

        boolean blocks = question.answers().get(0) == Answer.REFUSE;
        for (String sql : FOUND.get(question)) {
            PreflightReport report = preflight(database(sql.formatted(anna, bert)));

            assertThat(report.ready()).isEqualTo(!blocks);
            assertThat(report.findings())
                    .filteredOn(finding -> finding.code().equals(question.code()))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.blocks()).isEqualTo(blocks);
                        assertThat(finding.count()).isEqualTo(question == PreflightQuestion.EMAIL_CASE ? 2 : 1);
                        assertThat(finding.ids()).contains(bert);
                        assertThat(finding.answer()).isEqualTo(blocks ? "refuse" : "ignore");
                    });
        }
    }

    /** Found in the catalogue, before the schema is expanded as well as after. */
    private static final Set<PreflightQuestion> OF_THE_CATALOGUE = Set.of(
            // Of the other shape.
            PreflightQuestion.ID_THAT_FITS_NO_RULE,
            PreflightQuestion.OPEN_TO_EVERYBODY,
            PreflightQuestion.PUBLICATION_COLUMNS,
            PreflightQuestion.KEY_IN_USE,
            PreflightQuestion.INDEX_TABLESPACE);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ALTER TABLE documents ENABLE ROW LEVEL SECURITY            | row-level-security | table documents
            ALTER TABLE users FORCE ROW LEVEL SECURITY                 | row-level-security | table users
            CREATE POLICY own ON jobs USING (true)                     | row-level-security | policy own on jobs
            CREATE POLICY own ON jobs TO pg_monitor USING (true)       | row-level-security | policy own on jobs
            CREATE VIEW v AS SELECT name FROM documents; GRANT SELECT ON v TO PUBLIC                            | open-to-everybody | v
            CREATE FUNCTION f() RETURNS bigint SECURITY DEFINER RETURN (SELECT count(*) FROM documents)         | open-to-everybody | f()
            CREATE PUBLICATION p FOR TABLE documents (id, name)                                                 | publication-columns | p.documents
            CREATE TABLE tags (name text, owner [uuid], FOREIGN KEY (name, owner) REFERENCES databases (name, [user_id])) | key-in-use | constraint tags_name_owner_fkey on table tags
            CREATE TABLE tags (key text REFERENCES api_keys (key))                                              | key-in-use | constraint tags_key_fkey on table tags
            CREATE VIEW v AS SELECT id, name, count(*) FROM documents GROUP BY id                                    | key-in-use | rule _RETURN on view v
            """)
    void refusesWhatTheServiceWouldNotServeWith(String sql, String code, String id) throws Exception {
        for (DataSource owner : List.of(FreshDatabases.preRealm(), FreshDatabases.expanded())) {
            TestSql database = new TestSql(owner);
            assertThat(preflight(database).findings()).isEmpty();

            boolean expanded = database.ask("SELECT to_regnamespace('realms')").get(0) != null;
            String own = sql.replaceAll("(VIEW|FUNCTION|ON) (v|f)\\b", "$1 public.$2");
            database.run(
                    expanded ? own.replace("databases (name, [user_id])", "databases (pre_realm_name, user_id)") : own);
            PreflightReport report = preflight(database);

            assertThat(report.ready()).isFalse();
            assertThat(withoutPublished(report)).singleElement().satisfies(finding -> {
                assertThat(finding.code()).isEqualTo(code);
                assertThat(finding.ids())
                        .extracting(found -> found.replaceAll("(public|realms)\\.", ""))
                        .containsExactly(id);
                assertThat(finding.answers()).containsExactly("refuse");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE VIEW v AS SELECT name FROM documents; CREATE MATERIALIZED VIEW m AS SELECT name FROM documents",
                "CREATE VIEW v WITH (security_invoker) AS SELECT name FROM documents; GRANT SELECT ON v TO PUBLIC",
                "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN PERFORM FROM documents; RETURN NULL; END'",
                "GRANT CREATE ON SCHEMA public TO pg_monitor",
                "CREATE PUBLICATION p FOR TABLE documents, users (id, name)",
                "CREATE PUBLICATION p FOR TABLE documents (name) WITH (publish = 'insert')",
                "CREATE TABLE tags ([user_id] [uuid] REFERENCES users); CREATE VIEW v AS SELECT id, name, count(*) FROM users GROUP BY id",
                "CREATE VIEW v AS SELECT id, name, count(*) FROM documents GROUP BY id, name"
            })
    void doesNotMindWhatIsInNobodysWay(String sql) throws Exception {
        TestSql database = new TestSql(FreshDatabases.preRealm());
        database.run(sql);

        assertThat(withoutPublished(preflight(database))).isEmpty();
    }

    /** Any publication is found before the expansion; the questions here are about the keys that are published. */
    private static List<PreflightFinding> withoutPublished(PreflightReport report) {
        return report.findings().stream()
                .filter(finding -> !finding.code().equals("published-table"))
                .toList();
    }

    @Test
    void doesNotMindAPublicationOfTheRealm() throws Exception {
        TestSql database = new TestSql(FreshDatabases.expanded());
        database.run("CREATE PUBLICATION p FOR TABLE documents (id, realm_id)");

        assertThat(preflight(database).findings()).isEmpty();
    }

    @Test
    void saysWhereIndexesWillNotStay() throws Exception {
        TestSql database = new TestSql(FreshDatabases.preRealm());
        new TestSql(FreshDatabases.asSuperuser(database.database()))
                .run(
                        "SET allow_in_place_tablespaces = on",
                        "CREATE TABLESPACE fast LOCATION ''",
                        "ALTER INDEX jobs_pkey SET TABLESPACE fast");

        PreflightReport report = preflight(database);

        assertThat(report.ready()).isTrue();
        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("index-tablespace");
            assertThat(finding.ids()).containsExactly("jobs_pkey");
            assertThat(finding.answers()).containsExactly("ignore", "refuse");
        });
    }

    @Test
    void doesNotMindWhatTheContractHasMade() throws Exception {
        TestSql database = new TestSql(FreshDatabases.migrated());
        database.run("CREATE VIEW v AS SELECT realm_id, id, name, count(*) FROM documents GROUP BY realm_id, id");

        assertThat(preflight(database).findings()).isEmpty();
    }

    static Stream<Arguments> everyAnswer() {
        return Stream.of(PreflightQuestion.values())
                .flatMap(question -> Stream.of(Answer.values()).map(answer -> Arguments.of(question, answer)));
    }

    /** What each answer does is in the tests of the answers. */
    @ParameterizedTest
    @MethodSource("everyAnswer")
    void takesTheAnswersThereAreAndNoOther(PreflightQuestion question, Answer answer) {
        JsonObject json =
                Json.createObjectBuilder().add(question.code(), answer.text()).build();
        boolean refersToAnother = question.code().startsWith("cross-user");

        if (question.answers().contains(answer)) {
            assertThat(Preflight.answers(json).byFinding()).containsOnly(Map.entry(question.code(), answer));
        } else {
            assertThat(!refersToAnother || Set.of(Answer.IGNORE, Answer.SUSPEND).contains(answer))
                    .isTrue();
            assertThatThrownBy(() -> Preflight.answers(json)).isInstanceOf(DomainException.class);
        }
    }

    @Test
    void whatDoesNotGetInTheWayCanBeRefused() throws Exception {
        TestSql database = database("UPDATE databases SET [document_count] = 7");
        try (Connection connection = database.database().getConnection()) {
            PreflightReport report = Preflight.run(
                    connection, FreshDatabases.APP_USER, new PreflightAnswers(Map.of("document-count", Answer.REFUSE)));

            assertThat(report.ready()).isFalse();
            assertThat(report.sentence()).isEqualTo("Findings of the preflight get in the way: document-count (2).");
        }
    }

    @Test
    void saysWhatIsWrongWithAnswers() {
        JsonObject json = Json.createObjectBuilder()
                .add("cross-user-server", "forget")
                .add("email-case", 1)
                .add("no-such-finding", "refuse")
                .build();

        assertThatThrownBy(() -> Preflight.answers(json))
                .isInstanceOfSatisfying(
                        DomainException.class,
                        problem -> assertThat(problem.errors())
                                .extracting(FieldError::message)
                                .containsExactlyInAnyOrder(
                                        "must have one of [refuse, detach, reassign] for cross-user-server",
                                        "must have one of [refuse] for email-case",
                                        "must name findings of the preflight"));
    }

    @Test
    void refusesAddressesThatDifferInCaseOnly() throws Exception {
        PreflightReport report = preflight(
                database("INSERT INTO users (name, email) VALUES ('x', 'X@example.com'), ('y', 'x@Example.com')"));

        assertThat(report.sentence()).isEqualTo("Findings of the preflight get in the way: email-case (2).");
        assertThat(report.toString()).doesNotContainIgnoringCase("@example.com");
    }

    @Test
    void saysWhatItWillSetRight() throws Exception {
        PreflightReport report = preflight(database("UPDATE databases SET [document_count] = 7"));

        assertThat(report.ready()).isTrue();
        assertThat(report.findings()).extracting(PreflightFinding::code).containsExactly("document-count");
        assertThat(report.findings().get(0).count()).isEqualTo(2);
    }

    @Test
    void namesNoMoreRowsThanCanBeRead() throws Exception {
        PreflightReport report = preflight(
                database("INSERT INTO jobs ([document_name], [document_type], [document_id], [user_id], percentage)"
                        + " SELECT 'o', 't', id, [user_id], -1 FROM documents, generate_series(1, 50)"));

        assertThat(report.findings().get(0).count()).isEqualTo(100);
        assertThat(report.findings().get(0).ids()).hasSize(20);
    }

    @Test
    void changesNothing() throws Exception {
        TestSql database = database("UPDATE databases SET [document_count] = 7");
        List<String> before = database.ask("SELECT xmin || to_jsonb(d)::text FROM databases d");

        preflight(database);

        assertThat(database.ask("SELECT xmin || to_jsonb(d)::text FROM databases d"))
                .isEqualTo(before);
    }

    private static TestSql database;

    @BeforeAll
    static void expand() throws Exception {
        database = new TestSql(FreshDatabases.expanded());
    }

    /** Rows that nobody has put into a realm yet. */
    private static TestSql database(String... sql) throws Exception {
        database.run("DELETE FROM users");
        try (Connection connection =
                        FreshDatabases.asSuperuser(database.database()).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET session_replication_role = replica; SET search_path = public, realms");
            for (String command : TWO_USERS) {
                statement.execute(OldApplicationShape.CHOSEN.named(command));
            }
            for (String command : sql) {
                statement.execute(OldApplicationShape.CHOSEN.named(command));
            }
        }
        return database;
    }

    private static PreflightReport preflight(TestSql database) throws Exception {
        try (Connection connection = database.database().getConnection()) {
            return Preflight.run(connection, FreshDatabases.APP_USER, PreflightAnswers.NONE);
        }
    }
}
