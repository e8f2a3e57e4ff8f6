package dev.realms.migration.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.migration.control.PlainMigration;
import dev.realms.migration.rollback.PlainRollback;
import dev.realms.migration.rollback.Rollback;
import dev.realms.security.secret.TestKeys;
import dev.realms.testing.oldapplication.OldApplicationShape;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the installation has on its tables, and does with the views in their places, from the take-over to the finalization or a rollback. */
@DatabaseTest
class TakeOverTest {

    private static final String ANNA = "00000000-0000-0000-0000-00000000000a";

    private static final String[] ROWS = {
        "INSERT INTO users (id, name, email) VALUES ('" + ANNA + "', 'Anna', 'anna@example.com')",
        "INSERT INTO database_servers (id, name, type, host, port, user_id) SELECT id, 's', 'QDRANT', 'h', 1, id FROM users",
        "INSERT INTO databases (id, name, description, user_id, server_id) SELECT id, 'papers', '', id, id FROM users",
        "INSERT INTO documents (id, name, type, user_id, database_id) SELECT id, 'd', 't', id, id FROM users",
        "INSERT INTO jobs (id, document_name, document_type, status, end_date, document_id, user_id)"
                + " SELECT id, 'd', 't', 'FAILED', now(), id, id FROM users",
    };

    private TestSql database;

    @Test
    void referencesOfOneNameComeBackToTheirTables() throws Exception {
        make(
                "CREATE TABLE tags (doc [uuid], CONSTRAINT doc_fk FOREIGN KEY (doc) REFERENCES documents)",
                "CREATE TABLE notes (doc [uuid], CONSTRAINT doc_fk FOREIGN KEY (doc) REFERENCES documents ON DELETE CASCADE)");
        String references =
                "SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) || convalidated FROM pg_constraint WHERE conname = 'doc_fk' ORDER BY 1";
        List<String> before = database.ask(references);

        migrate();
        assertThat(database.ask(references)).hasSize(2);
        rollBack();

        assertThat(database.ask(references)).isEqualTo(before);
    }

    /** What others make and drop after the take-over is as they want it. */
    @Test
    void referencesAreKeptAsTheyAreWhenTheKeysChange() throws Exception {
        make(
                "CREATE TABLE tags (doc [uuid], CONSTRAINT of_document FOREIGN KEY (doc) REFERENCES documents)",
                "COMMENT ON CONSTRAINT of_document ON tags IS 'x'",
                "CREATE TABLE notes (doc [uuid] REFERENCES documents)");
        new ExpandSchema(database.database(), FreshDatabases.APP_USER).run();
        database.run(
                "ALTER TABLE tags DROP CONSTRAINT of_document",
                "DROP TABLE notes",
                "CREATE TABLE public.marks (doc [uuid], CONSTRAINT of_document FOREIGN KEY (doc) REFERENCES realms.documents (id))",
                "COMMENT ON CONSTRAINT of_document ON public.marks IS 'y'");
        String references =
                "SELECT conrelid::regclass || ' ' || conname || convalidated || obj_description(oid, 'pg_constraint') FROM pg_constraint"
                        + " WHERE contype = 'f' AND confrelid = 'realms.documents'::regclass AND conrelid::regclass::text NOT LIKE '%jobs'";
        List<String> before = database.ask(references);

        new PlainMigration(database.database()).complete();

        assertThat(database.ask(references)).isEqualTo(before).hasSize(1);
        database.run("DROP TABLE public.marks");
        rollBack();
    }

    /** Rows that came past a reference, since the migration looked. */
    @Test
    void rowsThatReferToNothingDoNotKeepARollbackFromItsEnd() throws Exception {
        make("CREATE TABLE tags (doc [uuid], CONSTRAINT of_document FOREIGN KEY (doc) REFERENCES documents)");
        migrate();
        TestSql superuser = new TestSql(FreshDatabases.asSuperuser(database.database()));
        String nothing = "'00000000-0000-0000-0000-000000000099'";
        superuser.run(
                "SET session_replication_role = replica",
                "INSERT INTO tags VALUES (" + nothing + ")",
                "INSERT INTO realms.jobs (document_name, document_type, document_id, user_id, realm_id) SELECT 'n', 't', "
                        + nothing + ", user_id, realm_id FROM realms.jobs",
                // As where the contract ended before it asked.
                "ALTER TABLE tags DROP CONSTRAINT of_document",
                "ALTER TABLE tags ADD CONSTRAINT of_document FOREIGN KEY (doc) REFERENCES realms.documents (id) NOT VALID");

        rollBack();

        String asked =
                "SELECT conname || ' ' || convalidated FROM pg_constraint WHERE confrelid = 'public.documents'::regclass AND contype = 'f' ORDER BY 1";
        assertThat(database.ask(asked)).hasSize(2).allMatch(line -> line.endsWith(" false"));
    }

    /** As one does that keeps {@code updated_at}: a row that goes to another realm differs by more than its realm. */
    @Test
    void whatATriggerOfTheInstallationChangesOnTheWayIsNoLoss() throws Exception {
        make();
        migrate();
        database.run(
                "CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.updated_at := ''2001-01-01''; RETURN NEW; END'",
                "CREATE TRIGGER stamped BEFORE UPDATE ON realms.documents FOR EACH ROW EXECUTE FUNCTION stamp()",
                "UPDATE realms.documents SET realm_id = realm_id");
        assertThat(database.ask("SELECT updated_at::date FROM realms.documents"))
                .containsExactly("2001-01-01");

        assertThat(new PlainMigration(database.database()).verify().passed()).isTrue();
        List<String> noted = database.ask("SELECT count(*) FROM migration.changes");
        database.run("UPDATE realms.documents SET realm_id = realm_id");
        assertThat(database.ask("SELECT count(*) FROM migration.changes")).isEqualTo(noted);
    }

    @Test
    void rightsThatAreGivenOrTakenMeanwhileStay() throws Exception {
        make("GRANT SELECT, DELETE ON documents TO pg_monitor", "GRANT SELECT ON jobs TO pg_monitor WITH GRANT OPTION");
        migrate();
        database.run(
                "REVOKE DELETE ON public.documents FROM pg_monitor",
                "GRANT INSERT ON public.documents TO pg_monitor",
                "GRANT SELECT ON public.databases TO PUBLIC");

        rollBack();

        assertThat(
                        database.ask(
                                "SELECT relname || ' ' || privilege_type FROM pg_class, aclexplode(relacl)"
                                        + " WHERE relnamespace = 'public'::regnamespace AND grantee IN (0, 'pg_monitor'::regrole) ORDER BY 1"))
                .containsExactly("databases SELECT", "documents INSERT", "documents SELECT", "jobs SELECT");
    }

    @Test
    void rightsOfTheRuntimeRoleComeBack() throws Exception {
        make(
                "GRANT SELECT ON jobs TO realms_app",
                "GRANT UPDATE (summary) ON jobs TO realms_app",
                "GRANT DELETE ON documents TO realms_app WITH GRANT OPTION");
        String rights =
                "SELECT relname || ' ' || relacl::text || coalesce(attacl::text, '') FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid"
                        + " WHERE relnamespace = 'public'::regnamespace AND relname IN ('documents', 'jobs') AND attname IN ('id', 'summary') ORDER BY 1";
        List<String> before = database.ask(rights);

        migrate();
        assertThat(database.ask("SELECT has_table_privilege('realms_app', 'public.jobs', 'SELECT')"))
                .containsExactly("f");
        rollBack();

        assertThat(database.ask(rights)).isEqualTo(before);
    }

    @Test
    void theRuntimeRoleMayHaveQuotesInItsName() throws Exception {
        make();
        String odd = "it's \"odd\"";
        TestSql superuser = new TestSql(FreshDatabases.asSuperuser(database.database()));
        superuser.run("CREATE ROLE \"it's \"\"odd\"\"\"", "GRANT SELECT ON public.jobs TO \"it's \"\"odd\"\"\"");
        String rights = "SELECT relacl FROM pg_class WHERE relname = 'jobs' AND relkind = 'r'";
        List<String> before = database.ask(rights);
        try {
            new ExpandSchema(database.database(), odd).run();
            new PlainMigration(database.database()).complete();
            try (Connection connection = database.database().getConnection()) {
                RollbackSchema way = new RollbackSchema(database.database(), odd);
                way.takeContractBack(connection, () -> false);
                way.takeExpansionBack(connection, () -> false);
            }
            assertThat(database.ask(rights)).isEqualTo(before);
        } finally {
            superuser.run("DROP OWNED BY \"it's \"\"odd\"\"\"", "DROP ROLE \"it's \"\"odd\"\"\"");
        }
    }

    @Test
    void whatIsMadeOfTheViewsIsNamedBeforeTheyGo() throws Exception {
        make();
        migrate();
        database.run("CREATE VIEW public.active AS SELECT name FROM public.documents");

        try (Connection connection = database.database().getConnection()) {
            assertThat(Rollback.obstacle(connection, TestKeys.box()))
                    .get()
                    .asString()
                    .contains("(view public.active)");
        }
        database.run("DROP VIEW public.active");
        rollBack();
    }

    @Test
    void theServiceWritesRowsWithCountersOfTheInstallation() throws Exception {
        make("ALTER TABLE documents ADD COLUMN number serial");
        migrate();

        try (Connection connection =
                        FreshDatabases.asSuperuser(database.database()).getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            String realm = database.ask("SELECT id FROM realms.realms").get(0);
            statement.execute("SET LOCAL ROLE realms_app; SELECT realms.enter_realm('" + realm + "', '" + ANNA
                    + "', NULL);" + " INSERT INTO realms.documents (name, type, user_id, realm_id) VALUES ('n', 't', '"
                    + ANNA + "', '" + realm + "')");
            connection.commit();
        }
        rollBack();
        assertThat(database.ask("SELECT count(DISTINCT number) FROM public.documents"))
                .containsExactly("2");
    }

    @Test
    void aNameIsUniqueInItsRealmBeforeTheContractToo() throws Exception {
        make();
        new ExpandSchema(database.database(), FreshDatabases.APP_USER).run();
        new PlainMigration(database.database()).moveRows();

        assertThatThrownBy(
                        () -> database.run(
                                "INSERT INTO realms.databases (name, description, user_id, server_id, realm_id) SELECT 'papers', '', user_id, server_id, realm_id FROM realms.databases"))
                .hasMessageContaining("the realm has a database of this name");
    }

    @ParameterizedTest
    @CsvSource({"false, papers (Work)", "true, papers"})
    void aDatabaseOfAFurtherRealmGoesUnderItsOldNameWhereItsOwnIsTaken(boolean free, String name) throws Exception {
        make();
        migrate();
        database.run(
                "INSERT INTO realms.realms (name, user_id) SELECT 'Work', id FROM realms.users",
                "INSERT INTO realms.database_servers (name, type, host, port, user_id, realm_id) SELECT 'work', 'QDRANT', 'h', 1, user_id, id FROM realms.realms WHERE name = 'Work'",
                "INSERT INTO realms.databases (name, description, user_id, server_id, realm_id)"
                        + " SELECT 'papers', '', s.user_id, s.id, s.realm_id FROM realms.database_servers AS s JOIN realms.realms AS r ON r.id = realm_id WHERE r.name = 'Work'");
        if (free) {
            database.run("DELETE FROM public.databases WHERE name = 'papers'");
        }

        database.run("UPDATE public.databases SET [server_id] = s.id FROM public.database_servers AS s"
                + " WHERE databases.name = 'papers (Work)' AND s.name <> 'work'");

        assertThat(
                        database.ask(
                                "SELECT d.name FROM realms.databases AS d JOIN realms.realms AS r ON r.id = d.realm_id WHERE r.is_default AND pre_realm_name = 'papers (Work)'"))
                .containsExactly(name);
    }

    @Test
    void theOldApplicationMovesStatesAsItAlwaysDid() throws Exception {
        make();
        migrate();

        database.run("UPDATE public.jobs SET status = 'PENDING', [end_date] = NULL");
        assertThat(database.ask("SELECT status FROM public.jobs")).containsExactly("PENDING");

        database.run("UPDATE public.jobs SET status = 'FINISHED', [end_date] = now()");
        StageRun.finalization(database.database()).run(() -> false);
        assertThatThrownBy(() -> database.run("UPDATE realms.jobs SET status = 'PENDING'"))
                .hasMessageContaining("a job does not go from FINISHED to PENDING");
    }

    @Test
    void whatHangsOnTheNamesOfDatabasesOutlivesTheFinalization() throws Exception {
        make(
                "CREATE VIEW listed AS SELECT name, [document_count] FROM databases",
                "CREATE INDEX by_name ON databases (lower(name))",
                "ALTER TABLE databases ADD CONSTRAINT named CHECK (name <> 'x'), ADD COLUMN small text GENERATED ALWAYS AS (lower(name)) STORED");
        migrate();
        database.run(
                "INSERT INTO realms.realms (name, user_id) SELECT 'Work', id FROM realms.users",
                "INSERT INTO realms.database_servers (name, type, host, port, user_id, realm_id) SELECT 's', 'QDRANT', 'h', 1, user_id, id FROM realms.realms WHERE name = 'Work'",
                "INSERT INTO realms.databases (name, description, user_id, server_id, realm_id)"
                        + " SELECT 'papers', '', s.user_id, s.id, s.realm_id FROM realms.database_servers AS s JOIN realms.realms AS r ON r.id = realm_id WHERE r.name = 'Work'");
        assertThat(database.ask("SELECT name FROM listed ORDER BY 1")).containsExactly("papers", "papers (Work)");

        StageRun.finalization(database.database()).run(() -> false);

        assertThat(database.ask("SELECT name || [document_count] FROM listed ORDER BY 1"))
                .containsExactly("papers0", "papers1");
        assertThat(database.ask("SELECT small FROM realms.databases")).containsExactly("papers", "papers");
        assertThat(database.ask(
                        "SELECT indexrelid::regclass FROM pg_index WHERE indexrelid = to_regclass('realms.by_name')"))
                .hasSize(1);
        assertThatThrownBy(() -> database.run("UPDATE realms.databases SET name = 'x'"))
                .hasMessageContaining("named");
    }

    @Test
    void whatGetsAnotherIdStaysInItsRealm() throws Exception {
        database = new TestSql(FreshDatabases.empty());
        database.run(OldApplicationShape.PRISMA.schema(), OldApplicationShape.PRISMA.rows(20));
        migrate();

        database.run("UPDATE public.databases SET id = 'other-' || id", "UPDATE public.users SET id = 'other-' || id");

        assertThat(new PlainMigration(database.database()).verify().passed()).isTrue();
    }

    /** In one transaction each; X is a database with documents on the server S of U, and V another user. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM databases WHERE id = X; INSERT INTO databases (id, name, description, \"updatedAt\", \"userId\", \"serverId\") VALUES (X, 'x', '', now(), U, S)",
                "DELETE FROM databases WHERE id = X; INSERT INTO databases (id, name, description, \"updatedAt\", \"userId\", \"serverId\") VALUES (X, 'x', '', now(), U, S);"
                        + " UPDATE documents SET \"databaseId\" = X WHERE \"databaseId\" IS NULL AND \"userId\" = U",
                "UPDATE databases SET id = 'x9' WHERE id = X; INSERT INTO databases (id, name, description, \"updatedAt\", \"userId\", \"serverId\") VALUES (X, 'x', '', now(), U, S)",
                "UPDATE database_servers SET \"userId\" = V WHERE id = S; UPDATE databases SET \"userId\" = V WHERE \"serverId\" = S;"
                        + " UPDATE documents SET \"userId\" = V WHERE \"userId\" = U; UPDATE jobs SET \"userId\" = V WHERE \"userId\" = U",
                "UPDATE database_servers SET \"userId\" = V WHERE id = S; UPDATE databases SET \"userId\" = V WHERE \"serverId\" = S;"
                        + " INSERT INTO documents (id, name, type, \"updatedAt\", \"userId\", \"databaseId\") VALUES ('d9', 'd', 't', now(), V, X);"
                        + " UPDATE documents SET \"userId\" = V WHERE \"userId\" = U; UPDATE jobs SET \"userId\" = V WHERE \"userId\" = U",
                "UPDATE jobs SET \"userId\" = V WHERE \"userId\" = U; UPDATE documents SET \"userId\" = V WHERE \"userId\" = U;"
                        + " UPDATE databases SET \"userId\" = V WHERE \"userId\" = U; UPDATE database_servers SET \"userId\" = V WHERE \"userId\" = U;"
                        + " DELETE FROM users WHERE id = U",
                "INSERT INTO documents (id, name, type, \"updatedAt\", \"userId\", \"databaseId\") VALUES ('d9', 'd', 't', now(), U, X); UPDATE databases SET id = 'x9' WHERE id = X;"
                        + " UPDATE users SET id = 'u9' WHERE id = U; DELETE FROM documents WHERE id = 'd9'",
            })
    void rowsAndCountsAreRightWhateverATransactionDoes(String transaction) throws Exception {
        database = new TestSql(FreshDatabases.empty());
        database.run(
                OldApplicationShape.PRISMA.schema(),
                OldApplicationShape.PRISMA.rows(20),
                "UPDATE databases SET name = id");
        migrate();
        String[] ids = database.ask(
                        "SELECT concat_ws(' ', d.id, server_id, d.user_id, (SELECT max(id) FROM realms.users WHERE id <> d.user_id))"
                                + " FROM realms.databases AS d WHERE (SELECT count(*) FROM realms.documents WHERE database_id = d.id) > 2 ORDER BY d.id LIMIT 1")
                .get(0)
                .split(" ");
        String sql = transaction;
        for (int i = 0; i < ids.length; i++) {
            sql = sql.replaceAll("\\b" + "XSUV".charAt(i) + "\\b", "'" + ids[i] + "'");
        }

        database.run("BEGIN; SET LOCAL search_path = public; " + sql + "; COMMIT");

        assertThat(new PlainMigration(database.database()).verify().passed()).isTrue();
        StageRun.finalization(database.database()).run(() -> false);
        assertThat(database.ask("SELECT concat_ws(' ', id, document_count, n) FROM realms.databases AS d,"
                        + " LATERAL (SELECT count(*) AS n FROM realms.documents AS o WHERE o.realm_id = d.realm_id AND o.database_id = d.id) AS c"
                        + " WHERE document_count <> n"))
                .isEmpty();
    }

    /** Through checksums, portions, the contract and back. */
    @ParameterizedTest
    @EnumSource
    void valuesAtTheEndsOfTheirTypesAreKept(OldApplicationShape shape) throws Exception {
        database = new TestSql(FreshDatabases.empty());
        database.run(shape.schema(), shape.rows(20));
        boolean prisma = shape == OldApplicationShape.PRISMA;
        String created = prisma ? "\"createdAt\"" : "created_at";
        String[] ends = {
            "UPDATE users SET %s = '-infinity', name = ''",
            "UPDATE documents SET %s = 'infinity', name = repeat('x', 10000000) WHERE id = (SELECT min(id::text) FROM documents)::"
                    + (prisma ? "text" : "uuid"),
            "UPDATE jobs SET %s = '0001-01-01 00:00:00Z', summary = E'\\n\\t''\"'",
            "UPDATE databases SET %s = '10000-01-01 00:00:00Z', description = U&'\\00C5 \\0041\\030A'",
            "UPDATE database_servers SET %s = '4713-01-01 00:00:00Z BC', port = -2147483648, password = 'realms:', collection = ''",
            "UPDATE api_keys SET %s = '2024-02-29 23:59:59.999Z', name = repeat(' ', 1000)",
        };
        for (String end : ends) {
            database.run(end.formatted(created));
        }
        List<String> before = checksums();

        migrate();
        assertThat(checksums()).isEqualTo(before);
        rollBack();

        assertThat(checksums()).isEqualTo(before);
    }

    /** Of what the old application sees. */
    private List<String> checksums() throws SQLException {
        List<String> checksums = new ArrayList<>();
        for (String table :
                List.of("users", "user_settings", "database_servers", "databases", "documents", "jobs", "api_keys")) {
            checksums.addAll(database.ask(
                    "SELECT count(*) || ' ' || sum(hashtextextended(t::text, 0)) FROM public." + table + " AS t"));
        }
        return checksums;
    }

    /** The installation has gone on, and so has its schema. */
    @Test
    void aStartAfterARollbackLooksAgain() throws Exception {
        make();
        migrate();
        rollBack();
        database.run("CREATE INDEX documents_id_key ON public.documents (name)");
        String tables =
                "SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class WHERE relnamespace = 'public'::regnamespace";
        List<String> before = database.ask(tables);

        assertThatThrownBy(() -> new PlainRollback(database.database(), TestKeys.box()).startAgain())
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("index documents_id_key");
        assertThat(database.ask(tables)).isEqualTo(before);
        database.run("UPDATE migration.state SET state = 'failed'", "UPDATE migration.state SET state = 'running'");

        database.run("DROP INDEX public.documents_id_key", "CREATE SCHEMA \"else $$ where\"");
        for (String table :
                List.of("users", "user_settings", "database_servers", "databases", "documents", "jobs", "api_keys")) {
            database.run("ALTER TABLE public." + table + " SET SCHEMA \"else $$ where\"");
        }
        new ExpandSchema(database.database(), FreshDatabases.APP_USER).run();
        assertThat(database.ask("SELECT name FROM \"else $$ where\".documents")).containsExactly("d");
        rollBack();
        assertThat(database.ask("SELECT name FROM \"else $$ where\".documents")).containsExactly("d");
    }

    private void make(String... more) throws SQLException {
        database = new TestSql(FreshDatabases.preRealm(ROWS));
        database.run(more);
    }

    private void migrate() throws SQLException {
        new ExpandSchema(database.database(), FreshDatabases.APP_USER).run();
        new PlainMigration(database.database()).complete();
    }

    private void rollBack() throws SQLException {
        new PlainRollback(database.database(), TestKeys.box()).run();
    }
}
