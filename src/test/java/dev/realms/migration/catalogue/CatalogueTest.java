package dev.realms.migration.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.migration.answer.PreflightAnswers;
import dev.realms.migration.answer.PreflightAnswers.Answer;
import dev.realms.migration.catalogue.CatalogueKinds.Kind;
import dev.realms.migration.catalogue.CatalogueKinds.Maker;
import dev.realms.migration.catalogue.CatalogueQuestion.Asked;
import dev.realms.migration.catalogue.CatalogueQuestion.Weight;
import dev.realms.migration.check.Preflight;
import dev.realms.migration.check.PreflightReport;
import dev.realms.migration.check.PreflightReport.PreflightFinding;
import dev.realms.migration.control.PlainMigration;
import dev.realms.migration.rollback.PlainRollback;
import dev.realms.migration.rollback.SchemaDump;
import dev.realms.migration.schema.DatabaseShape;
import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.ExpandSchema;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.migration.schema.SchemaException;
import dev.realms.migration.schema.StageRun;
import dev.realms.migration.schema.TestSql;
import dev.realms.realm.isolation.RealmTables;
import dev.realms.security.secret.TestKeys;
import dev.realms.sql.OwnerSessions;
import dev.realms.sql.TextResource;
import dev.realms.testing.oldapplication.OldApplicationShape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What hangs on the tables works, or is found before anything is changed. */
@DatabaseTest
class CatalogueTest {

    private static final String[] PRE_REALM = {
        "INSERT INTO users (id, name, email) SELECT md5(n::text)::uuid, 'u', n || '@example.com' FROM generate_series(1, 20) AS n",
        "INSERT INTO user_settings (user_id) SELECT id FROM users",
        "INSERT INTO database_servers (id, name, type, host, port, password, user_id) SELECT id, 's', 'QDRANT', 'h', 1, 'plain', id FROM users",
        "INSERT INTO databases (id, name, description, document_count, user_id, server_id) SELECT id, 'd', '', 1, id, id FROM users",
        "INSERT INTO documents (id, name, type, user_id, database_id) SELECT id, 'o', 't', id, id FROM users",
        "INSERT INTO jobs (id, document_name, document_type, document_id, user_id) SELECT id, 'o', 't', id, id FROM users",
        "INSERT INTO api_keys (id, name, key, user_id) SELECT id, 'k', 'sk_' || id, id FROM users",
        CatalogueKinds.PREPARED
    };

    /** What the application from before realms does, as if it had not. */
    private static final String OLD_APPLICATION = """
            BEGIN;
            SET search_path = public;
            INSERT INTO users (id, name, email) VALUES ('00000000-0000-0000-0000-000000000001', 'n', 'new@example.com');
            INSERT INTO user_settings ([user_id]) VALUES ('00000000-0000-0000-0000-000000000001');
            INSERT INTO database_servers (id, name, type, host, port, [is_active], [user_id])
              VALUES ('00000000-0000-0000-0000-000000000002', 's', 'QDRANT', 'h', 1, true, '00000000-0000-0000-0000-000000000001');
            INSERT INTO databases (id, name, description, [user_id], [server_id])
              VALUES ('00000000-0000-0000-0000-000000000003', 'd', '', '00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000002');
            INSERT INTO documents (id, name, type, [user_id], [database_id])
              VALUES ('00000000-0000-0000-0000-000000000004', 'o', 't', '00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000003');
            INSERT INTO jobs ([document_name], [document_type], [document_id], [user_id])
              VALUES ('o', 't', '00000000-0000-0000-0000-000000000004', '00000000-0000-0000-0000-000000000001');
            INSERT INTO api_keys (name, key, [user_id]) VALUES ('k', 'sk_new', '00000000-0000-0000-0000-000000000001');
            UPDATE documents SET state = 'INGESTING', [updated_at] = now() WHERE id = '00000000-0000-0000-0000-000000000004';
            UPDATE jobs SET percentage = 50 WHERE [user_id] = '00000000-0000-0000-0000-000000000001';
            INSERT INTO users (id, name, email) VALUES ('00000000-0000-0000-0000-000000000005', 'n', 'other@example.com');
            UPDATE api_keys SET name = '00000000-0000-0000-0000-000000000005' WHERE key = 'sk_new';
            SET CONSTRAINTS ALL IMMEDIATE;
            UPDATE users SET name = 'm' WHERE id = '00000000-0000-0000-0000-000000000001';
            DELETE FROM users WHERE id = '00000000-0000-0000-0000-000000000001';
            SET CONSTRAINTS ALL IMMEDIATE;
            ROLLBACK
            """;

    /** The same, and what it does to other tables that work with the seven. */
    private static final String OLD_APPLICATION_WITH_OTHERS = OLD_APPLICATION.replace("UPDATE users SET", """
            INSERT INTO requests VALUES ('00000000-0000-0000-0000-000000000001');
            SET ROLE pg_monitor;
            DO $$ BEGIN
              ASSERT (SELECT count(*) FROM diaries) = 1, 'diaries';
              ASSERT (SELECT count(*) FROM letters) = 20, 'letters';
            END $$;
            RESET ROLE;
            DO $$ BEGIN ASSERT EXISTS (SELECT FROM jobs WHERE summary = 'asked'), 'requests'; END $$;
            UPDATE users SET""");

    /** What the service asks functions for, and does with rows. */
    private static final String SERVICE = """
            DO $$
            DECLARE
              anna [uuid] := (SELECT min(id::text) FROM realms.users);
              home uuid := (SELECT id FROM realms.realms WHERE user_id = anna);
              work uuid;
            BEGIN
              SET LOCAL ROLE realms_app;
              SET LOCAL search_path = realms, pg_temp;
              PERFORM realms.find_api_key(realms.api_key_hash('sk_' || anna)), realms_doors.find_user(anna),
                realms_doors.bind_by_email('i', 's', '1@example.com', true), realms_doors.admit_administrator('i', 'a', 'admin@realms.local', 'A');
              ASSERT realms.open_realm(home, anna, realms.api_key_hash('sk_' || anna)) = 'open', 'opened';
              PERFORM realms.enter_user(anna);
              INSERT INTO realms (name, user_id) VALUES ('Work', anna) RETURNING id INTO work;
              PERFORM realms.enter_realm(home, anna, NULL), realms.touch_api_key(anna, home, '10.0.0.0/24'), realms.note_denied_key(anna, home, 'revoked', 'n'),
                realms.realm_holds_rows(home), realms.taken_ids('documents', ARRAY[anna::text]), realms.note_transfer('rows-exported', '{}', anna);
              INSERT INTO documents (name, type, user_id, realm_id, database_id, updated_at) SELECT 'n', 't', user_id, realm_id, id, now() FROM databases;
              ASSERT (SELECT pre_realm_document_count FROM databases) = 2, 'counted';
              UPDATE documents SET state = 'INGESTING' WHERE name = 'n';
              PERFORM realms.move_rows(work, true, array_agg(anna), ARRAY['p'], ARRAY['k'], '{}', '{}', NULL, false, true, dry) FROM unnest(ARRAY[true, false]) AS d (dry) GROUP BY dry ORDER BY dry DESC;
              PERFORM realms.enter_realm(work, anna, NULL);
              ASSERT (SELECT count(*) FROM documents) = 2, 'moved';
              DELETE FROM documents WHERE name = 'n';
            END $$""";

    private static final String OBJECTS = """
            SELECT 'schema ' || nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%'
            UNION ALL SELECT 'relation ' || c.oid::regclass || ' ' || c.xmin FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = relnamespace
              WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'
            UNION ALL SELECT 'trigger ' || oid || ' ' || xmin FROM pg_trigger UNION ALL SELECT 'function ' || oid || ' ' || xmin FROM pg_proc
            UNION ALL SELECT 'column ' || attrelid || ' ' || attnum || ' ' || xmin FROM pg_attribute WHERE attrelid >= 16384 ORDER BY 1
            """;

    static Stream<Kind> findings() throws SQLException {
        return known().filter(kind -> !kind.works());
    }

    static Stream<Kind> working() throws SQLException {
        return known().filter(Kind::works);
    }

    /** To this server. */
    private static Stream<Kind> known() throws SQLException {
        TestSql database = new TestSql(FreshDatabases.empty());
        int version = Integer.parseInt(database.ask("SHOW server_version_num").get(0)) / 10_000;
        return CatalogueKinds.ALL.stream().filter(kind -> kind.since() <= version);
    }

    /** By the service's start where it can't be expanded, else by the migration's. */
    @ParameterizedTest
    @MethodSource("findings")
    void findsItBeforeAnythingIsChanged(Kind kind) throws Exception {
        DataSource database = FreshDatabases.preRealm(PRE_REALM);
        make(database, kind);
        try {
            List<String> before = everything(database);
            boolean knowsTheShape = shape(database).kind() == DatabaseShape.Kind.PRE_REALM;
            assertThat(knowsTheShape).isEqualTo(!kind.finding().equals("shape"));
            if (knowsTheShape) {
                assertFound(database, kind);
            }

            if (isRefusedAtTheStart(kind)) {
                assertThatThrownBy(() -> expand(database))
                        .isInstanceOf(SchemaException.class)
                        .satisfies(refusal -> assertThat(refusal.getMessage().replace("public.", ""))
                                .contains(named(kind.object(), database))
                                .endsWith("."));
                assertThat(everything(database)).isEqualTo(before);
            } else {
                expand(database);
                if (question(kind)
                        .filter(question -> question.asked() == Asked.BEFORE_EXPANSION)
                        .isEmpty()) {
                    assertFound(database, kind);
                }
            }
        } finally {
            run(FreshDatabases.asSuperuser(database), kind.undo(), database);
        }
    }

    /** All of it in one database. */
    @Test
    void worksFromTheExpansionToTheRollback() throws Exception {
        DataSource database = FreshDatabases.preRealm(PRE_REALM);
        TestSql superuser = new TestSql(FreshDatabases.asSuperuser(database));
        for (Kind kind : working().filter(kind -> !isSetting(kind)).toList()) {
            make(database, kind);
        }
        superuser.run("UPDATE jobs SET percentage = 1 WHERE percentage = 0", "ANALYZE");
        List<String> schema = SchemaDump.of(superuser);
        List<String> rows = rows(superuser);
        for (Kind kind : working().filter(CatalogueTest::isSetting).toList()) {
            make(database, kind);
        }

        try (Connection temporary = OwnerSessions.of(database).getConnection()) {
            temporary.createStatement().execute("CREATE TEMPORARY TABLE documents (id int)");
            assertThat(shape(OwnerSessions.of(database)).difference()).isEmpty();
            assertNothingIsFound(database);
            superuser.run(OLD_APPLICATION_WITH_OTHERS);
            expand(database);
            superuser.run(OLD_APPLICATION_WITH_OTHERS);
            assertNothingIsFound(database);
            new PlainMigration(OwnerSessions.of(database)).complete();
            superuser.run(OLD_APPLICATION_WITH_OTHERS);
            assertNothingIsFound(database);
            new PlainRollback(OwnerSessions.of(database), TestKeys.box()).run();
        }

        assertThat(SchemaDump.of(superuser)).isEqualTo(schema);
        assertThat(rows(superuser)).isEqualTo(rows);
        superuser.run(OLD_APPLICATION_WITH_OTHERS);
    }

    /** The checksum of a row is that of its values, whatever the session that writes it is set to. */
    @Test
    void notesWhatOthersChangeWhateverTheirSessionsAreSetTo() throws Exception {
        DataSource database = FreshDatabases.preRealm(PRE_REALM);
        for (Kind kind :
                working().filter(kind -> kind.name().startsWith("column more")).toList()) {
            make(database, kind);
        }
        TestSql owner = new TestSql(database);
        owner.run(
                "CREATE TYPE span AS (at point, long interval, since timestamptz, raw bytea)",
                "ALTER TABLE documents ADD COLUMN span span, ADD COLUMN price money DEFAULT '1.5'",
                "UPDATE documents SET span = ('(0.1, 0.2)', '1 day 2 hours', '2024-02-03 04:05:06Z', '\\x0102')");
        expand(database);
        PlainMigration migration = new PlainMigration(OwnerSessions.of(database));
        migration.prepare();

        // At once: the driver would not go on with such dates.
        owner.run("""
                BEGIN; SET LOCAL extra_float_digits = -10; SET LOCAL DateStyle = 'SQL, DMY'; SET LOCAL IntervalStyle = 'sql_standard';
                SET LOCAL TimeZone = 'Asia/Kathmandu'; SET LOCAL bytea_output = 'escape';
                UPDATE jobs SET summary = 'x', seen_at = '(0.1, 0.3)', places = ARRAY[('p', '(0.7, 0.1)')::spot];
                UPDATE documents SET version = version + 1 WHERE id::text < '8';
                DELETE FROM documents WHERE id::text > '8';
                DELETE FROM users WHERE id::text = (SELECT min(id::text) FROM users); COMMIT""");

        migration.move();
        assertThat(migration.verify().passed()).isTrue();
    }

    /** A name alone means the column, where a statement of ours means a table of that name, or a column of another one. */
    @Test
    void columnsMayBeNamedLikeAnythingThatOurStatementsName() throws Exception {
        DataSource database = FreshDatabases.preRealm(PRE_REALM);
        TestSql owner = new TestSql(database);
        for (String table : RealmTables.PRE_REALM) {
            Set<String> names = namesInStatements();
            owner.ask("SELECT attname FROM pg_attribute WHERE attrelid = 'public." + table
                            + "'::regclass AND attnum > 0")
                    .forEach(column -> names.removeIf(name ->
                            name.equals(column) || name.replace("_", "").equals(column.toLowerCase(Locale.ROOT))));
            TextResource.lines("db/names-of-ours.txt")
                    .forEach(line -> names.remove(line.replaceFirst("column " + table + "[.]|variable ", "")));
            owner.run(names.stream()
                    .map(name -> "ADD COLUMN \"" + name + "\" text")
                    .collect(Collectors.joining(", ", "ALTER TABLE public." + table + " ", "")));
        }

        assertNothingIsFound(database);
        expand(database);
        assertNothingIsFound(database);
        owner.run(OLD_APPLICATION);
        new PlainMigration(OwnerSessions.of(database)).complete();
        owner.run(OLD_APPLICATION);
        assertNothingIsFound(database);
        new TestSql(FreshDatabases.asSuperuser(database)).run(SERVICE);
        PlainRollback rollback = new PlainRollback(OwnerSessions.of(database), TestKeys.box());
        rollback.run();
        rollback.startAgain();
        new PlainMigration(OwnerSessions.of(database)).complete();
        StageRun.finalization(OwnerSessions.of(database)).run(() -> false);
    }

    /** Aliases of tables and columns, in lower case. */
    private static Set<String> namesInStatements() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            for (Path file : files.filter(path -> path.toString().matches(".*[.](sql|java)"))
                    .toList()) {
                Pattern.compile("\\b(?:AS|FROM|JOIN) \\(?([a-z_]+)\\b")
                        .matcher(Files.readString(file))
                        .results()
                        .forEach(name -> names.add(name.group(1)));
            }
        }
        return names;
    }

    @Test
    void suspendsTriggersForItsOwnStatementsOnly() throws Exception {
        DataSource database = FreshDatabases.preRealm(PRE_REALM);
        TestSql owner = new TestSql(database);
        owner.run(
                "UPDATE jobs SET [updated_at] = '2024-01-01'",
                "UPDATE documents SET name = 'x'",
                "CREATE FUNCTION skip() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
                "CREATE TRIGGER \"a \"\"stamp\"\"\" BEFORE UPDATE ON jobs FOR EACH ROW EXECUTE FUNCTION stamp('x) EXECUTE FUNCTION y')",
                "COMMENT ON TRIGGER \"a \"\"stamp\"\"\" ON jobs IS 'kept'",
                "CREATE TRIGGER frozen BEFORE UPDATE ON documents FOR EACH ROW WHEN (OLD.name = 'x' OR NEW.name = 'x') EXECUTE FUNCTION skip()",
                "CREATE TRIGGER told AFTER INSERT OR UPDATE ON api_keys FOR EACH STATEMENT EXECUTE FUNCTION look()",
                "ALTER TABLE api_keys ENABLE ALWAYS TRIGGER told");
        List<String> schema = SchemaDump.of(owner);
        List<String> rows = rows(owner);
        PreflightAnswers suspend = new PreflightAnswers(Map.of("trigger-on-update", Answer.SUSPEND));
        expand(database);

        try (Connection session = OwnerSessions.of(database).getConnection()) {
            suspend.write(session);
            TriggerSuspension.suspend(session, PreflightAnswers.read(session));
            TriggerSuspension.suspend(session, suspend);
            assertThat(Preflight.run(session, FreshDatabases.APP_USER, suspend).findings())
                    .isEmpty();
        }
        assertThat(new PlainMigration(OwnerSessions.of(database)).run().passed())
                .isTrue();

        assertThat(owner.ask("SELECT DISTINCT updated_at::date::text FROM realms.jobs"))
                .containsExactly("2024-01-01");
        assertThatThrownBy(() -> owner.run("""
                        DO $$ BEGIN
                          UPDATE documents SET name = 'y';
                          ASSERT NOT EXISTS (SELECT FROM documents WHERE name <> 'x'), 'not skipped';
                          UPDATE jobs SET percentage = percentage;
                          ASSERT NOT EXISTS (SELECT FROM public.jobs WHERE [updated_at] < '2025-01-01'), 'not stamped';
                          RAISE 'both fired for the old application';
                        END $$""")).hasMessageContaining("both fired for the old application");
        new PlainRollback(OwnerSessions.of(database), TestKeys.box()).run();
        assertThat(SchemaDump.of(owner)).isEqualTo(schema);
        assertThat(rows(owner)).isEqualTo(rows);
        assertThat(owner.ask("SELECT obj_description(oid, 'pg_trigger') FROM pg_trigger WHERE tgname LIKE 'a %'"))
                .containsExactly("kept");
    }

    @Test
    void suspendedTriggersSleepThroughTheRecountAndTheFinalization() throws Exception {
        DataSource database = FreshDatabases.preRealm(PRE_REALM);
        TestSql owner = new TestSql(database);
        owner.run(
                "UPDATE databases SET [document_count] = 7, [updated_at] = '2024-01-01'",
                "CREATE TRIGGER stamped BEFORE UPDATE ON databases FOR EACH ROW EXECUTE FUNCTION stamp()");
        expand(database);
        DataSource sessions = OwnerSessions.of(database);
        try (Connection session = sessions.getConnection()) {
            TriggerSuspension.suspend(session, new PreflightAnswers(Map.of("trigger-on-update", Answer.SUSPEND)));
        }

        assertThat(new PlainMigration(sessions).run().passed()).isTrue();
        StageRun.finalization(sessions).run(() -> false);

        assertThat(owner.ask("SELECT DISTINCT document_count || ' ' || updated_at::date FROM realms.databases"))
                .containsExactly("1 2024-01-01");
        owner.run("UPDATE realms.databases SET description = 'x'");
        assertThat(owner.ask("SELECT count(*) FROM realms.databases WHERE updated_at < '2025-01-01'"))
                .containsExactly("0");
    }

    /** Beside what only makes statements slower. */
    @Test
    void ownSessionsAreTheSameWhateverIsSet() throws Exception {
        String settings = working()
                .filter(CatalogueTest::isSetting)
                .map(kind -> kind.name().substring("setting ".length()).toLowerCase(Locale.ROOT))
                .filter(name -> !Set.of("work_mem", "synchronous_commit", "enable_indexscan", "jit")
                        .contains(name))
                .collect(Collectors.joining("', '", "'", "'"));
        String ask = "SELECT lower(name) || '=' || setting FROM pg_settings WHERE lower(name) IN (" + settings
                + ") ORDER BY 1";
        DataSource usual = FreshDatabases.preRealm();
        DataSource set = FreshDatabases.preRealm();
        for (Kind kind : working().filter(CatalogueTest::isSetting).toList()) {
            make(set, kind);
        }

        assertThat(new TestSql(set).ask(ask)).isNotEqualTo(new TestSql(usual).ask(ask));
        assertThat(new TestSql(OwnerSessions.of(set)).ask(ask))
                .hasSizeGreaterThan(20)
                .isEqualTo(new TestSql(OwnerSessions.of(usual)).ask(ask));
        assertThat(new TestSql(OwnerSessions.of(set)).ask("SELECT current_user = session_user"))
                .containsExactly("t");
    }

    @Test
    void takesAnAnswerBeforehand() throws Exception {
        DataSource database = FreshDatabases.preRealm(
                "CREATE PUBLICATION news FOR TABLE jobs", "CREATE PUBLICATION more FOR TABLE users");
        PreflightAnswers ignored = new PreflightAnswers(Map.of("published-table", Answer.IGNORE));

        assertThatThrownBy(() -> expand(database))
                .hasMessageStartingWith(
                        "The database is left as it is, because of more.users, news.jobs in it (finding published-table): Publications");
        new ExpandSchema(database, FreshDatabases.APP_USER, ignored).run();

        assertThat(report(database).findings()).isEmpty();
    }

    @Test
    void theDocumentationNamesEveryKindAndItsVerdict() throws IOException {
        String text = Files.readString(Path.of("docs/migration.md"));
        String table = text.substring(text.indexOf("<!-- kinds -->"), text.indexOf("<!-- end of kinds -->"));

        assertThat(Pattern.compile("(?m)^\\| ([^|]+) \\| ([^|]+) \\|$")
                        .matcher(table)
                        .results()
                        .map(row -> row.group(1) + ": " + row.group(2))
                        .filter(row -> !row.startsWith("kind: ") && !row.startsWith("---")))
                .containsExactlyElementsOf(CatalogueKinds.ALL.stream()
                        .map(kind -> kind.name() + ": " + verdict(kind))
                        .toList());
        assertThat(CatalogueKinds.ALL)
                .hasSizeGreaterThan(60)
                .extracting(Kind::name)
                .doesNotHaveDuplicates();
    }

    /** Of the shape that has quoted names. */
    @Test
    void knowsColumnsThatGetOtherNames() throws Exception {
        DataSource database = FreshDatabases.empty();
        try (var schema = CatalogueTest.class.getResourceAsStream("/pre-realm/prisma.sql")) {
            new TestSql(database)
                    .run(
                            new String(schema.readAllBytes(), StandardCharsets.UTF_8),
                            "ALTER TABLE jobs ADD COLUMN \"costCentre\" text",
                            "CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.\"updatedAt\" := now(); RETURN NEW; END'",
                            "CREATE FUNCTION book() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.\"costCentre\" := 1; RETURN NEW; END'",
                            "CREATE FUNCTION patch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                                    + " RETURN jsonb_populate_record(NEW, jsonb_build_object('updatedAt', now())); END $$",
                            "CREATE FUNCTION check_owner() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                                    + " ASSERT to_jsonb(NEW) ?| ARRAY['userId', 'user_id']; RETURN NEW; END $$",
                            "CREATE TRIGGER patched BEFORE UPDATE ON jobs FOR EACH ROW EXECUTE FUNCTION patch()",
                            "CREATE TRIGGER checked BEFORE INSERT ON jobs FOR EACH ROW EXECUTE FUNCTION check_owner()",
                            "CREATE TRIGGER stamped BEFORE UPDATE ON jobs FOR EACH ROW EXECUTE FUNCTION stamp()",
                            "CREATE TRIGGER booked BEFORE INSERT ON jobs FOR EACH ROW EXECUTE FUNCTION book()");
        }

        try (Connection connection = database.getConnection()) {
            assertThat(CatalogueQuestions.refusal(connection, FreshDatabases.APP_USER, PreflightAnswers.NONE))
                    .hasValueSatisfying(
                            sentence -> assertThat(sentence)
                                    .startsWith(
                                            "The database is left as it is, because of trigger patched on jobs, trigger stamped on jobs in it (finding trigger-renamed-column): "));
        }
    }

    /** A question that nothing is found by could as well not be asked. */
    @Test
    void everyQuestionHasAKind() {
        assertThat(CatalogueKinds.ALL)
                .extracting(Kind::finding)
                .containsAll(CatalogueQuestions.ALL.stream()
                        .map(CatalogueQuestion::code)
                        // Of one shape, with a test of its own.
                        .filter(code -> !code.equals("trigger-renamed-column"))
                        .toList());
    }

    private static String verdict(Kind kind) {
        return kind.works()
                ? "works"
                : kind.finding().equals("shape") ? "finding: no start" : "finding `" + kind.finding() + "`";
    }

    private static boolean isRefusedAtTheStart(Kind kind) {
        return kind.finding().equals("shape")
                || namesColumnsThatGetOtherNames(kind)
                || question(kind)
                        .filter(question ->
                                question.asked() != Asked.BEFORE_MIGRATION && question.weight() != Weight.MENTIONED)
                        .isPresent();
    }

    /** Found twice, then. */
    private static boolean namesColumnsThatGetOtherNames(Kind kind) {
        return OldApplicationShape.CHOSEN == OldApplicationShape.PRISMA
                && kind.sql().contains("NEW.[");
    }

    private static Optional<CatalogueQuestion> question(Kind kind) {
        return CatalogueQuestions.ALL.stream()
                .filter(question -> question.code().equals(kind.finding()))
                .findFirst();
    }

    private static boolean isSetting(Kind kind) {
        return kind.name().startsWith("setting ");
    }

    private static void assertFound(DataSource database, Kind kind) throws SQLException {
        assertThat(report(database).findings())
                .filteredOn(finding -> finding.code().equals(kind.finding()))
                .singleElement()
                .satisfies(finding -> assertThat(finding.ids())
                        .anySatisfy(
                                id -> assertThat(id.replace("public.", "")).isEqualTo(named(kind.object(), database))));
    }

    private static void assertNothingIsFound(DataSource database) throws SQLException {
        assertThat(report(database).findings())
                .extracting(PreflightFinding::code, PreflightFinding::ids)
                .isEmpty();
    }

    private static PreflightReport report(DataSource database) throws SQLException {
        try (Connection connection = OwnerSessions.of(database).getConnection()) {
            return Preflight.run(connection, FreshDatabases.APP_USER, PreflightAnswers.NONE);
        }
    }

    private static DatabaseShape shape(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return DatabaseShape.of(connection);
        }
    }

    private static void expand(DataSource database) {
        new ExpandSchema(database, FreshDatabases.APP_USER).run();
    }

    private static void make(DataSource database, Kind kind) throws SQLException {
        run(kind.maker() == Maker.OWNER ? database : FreshDatabases.asSuperuser(database), kind.sql(), database);
    }

    private static void run(DataSource who, String sql, DataSource database) throws SQLException {
        if (!sql.isEmpty()) {
            new TestSql(who).run(split(named(sql, database)));
        }
    }

    /** Some of it may not be in a transaction together with other things. */
    private static String[] split(String sql) {
        return sql.contains("TABLESPACE") || sql.startsWith("DROP") ? sql.split("; ") : new String[] {sql};
    }

    private static String named(String text, DataSource database) {
        PGSimpleDataSource owner = (PGSimpleDataSource) database;
        return text.replace("{owner}", owner.getUser()).replace("{database}", owner.getDatabaseName());
    }

    private static List<String> everything(DataSource database) throws SQLException {
        TestSql superuser = new TestSql(FreshDatabases.asSuperuser(database));
        List<String> all = new ArrayList<>(superuser.ask(OBJECTS));
        all.addAll(SchemaDump.of(superuser));
        return all;
    }

    private static List<String> rows(TestSql database) throws SQLException {
        List<String> rows = new ArrayList<>();
        for (String table : RealmTables.PRE_REALM) {
            rows.addAll(database.ask("SELECT '%1$s ' || to_jsonb(t)::text FROM %1$s AS t ORDER BY 1".formatted(table)));
        }
        return rows;
    }
}
