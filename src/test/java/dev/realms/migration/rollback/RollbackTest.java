package dev.realms.migration.rollback;

import static dev.realms.testing.oldapplication.OldApplicationShape.either;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.migration.answer.PreflightAnswers;
import dev.realms.migration.check.Baseline.TableCheck;
import dev.realms.migration.check.Differences;
import dev.realms.migration.control.PlainMigration;
import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.ExpandSchema;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.migration.schema.SchemaException;
import dev.realms.migration.schema.StageRun;
import dev.realms.migration.schema.TestSql;
import dev.realms.security.secret.SecretBox;
import dev.realms.security.secret.SecretBox.AssociatedData;
import dev.realms.security.secret.TestKeys;
import dev.realms.web.problem.DomainException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** There and back again, on a small database. */
@DatabaseTest
class RollbackTest {

    private static final String[] ROWS = {
        "INSERT INTO users (id, name, email) SELECT md5(n::text)::uuid, 'u', n || '@example.com' FROM generate_series(1, 20) AS n",
        "INSERT INTO user_settings (user_id) SELECT id FROM users",
        "INSERT INTO database_servers (id, name, type, host, port, password, user_id) SELECT id, 's', 'QDRANT', 'h', 1, 'plain', id FROM users",
        "INSERT INTO databases (id, name, description, document_count, user_id, server_id) SELECT id, 'd', '', 1, id, id FROM users",
        "INSERT INTO documents (id, name, type, user_id, database_id) SELECT id, 'o', 't', id, id FROM users",
        "INSERT INTO jobs (id, document_name, document_type, document_id, user_id) SELECT id, 'o', 't', id, id FROM users",
        "INSERT INTO api_keys (id, name, key, user_id) SELECT id, 'k', 'sk_' || id, id FROM users"
    };

    /** In the second realm of every user; the name of the database is taken in the first. */
    private static final String[] SECOND_REALMS = {
        "INSERT INTO realms (name, user_id) SELECT 'Work', id FROM users",
        "INSERT INTO database_servers (id, name, type, host, port, user_id, realm_id)"
                + " SELECT md5('s' || id)::uuid, 's', 'QDRANT', 'h', 1, user_id, id FROM realms WHERE name = 'Work'",
        "INSERT INTO databases (id, name, description, user_id, server_id, realm_id)"
                + " SELECT md5('d' || id)::uuid, 'd', '', user_id, md5('s' || id)::uuid, id FROM realms WHERE name = 'Work'",
        "INSERT INTO documents (id, name, type, user_id, database_id, realm_id)"
                + " SELECT md5(n || 'o' || id)::uuid, 'o', 't', user_id, CASE n WHEN 1 THEN md5('d' || id)::uuid END, id"
                + " FROM realms, generate_series(1, 2) AS n WHERE name = 'Work'",
        "INSERT INTO jobs (id, document_name, document_type, document_id, user_id, realm_id)"
                + " SELECT md5('j' || id)::uuid, 'o', 't', id, user_id, realm_id FROM documents"
                + " WHERE realm_id IN (SELECT id FROM realms WHERE name = 'Work')",
        "INSERT INTO api_keys (id, name, key, prefix, user_id, realm_id)"
                + " SELECT md5('k' || id)::uuid, 'k', api_key_hash(id::text) || ':' || md5(id::text), 'rlm_', user_id, id FROM realms",
        "INSERT INTO api_keys (id, name, key, user_id, realm_id)"
                + " SELECT md5('p' || id)::uuid, 'p', 'sk_work_' || id, user_id, id FROM realms WHERE name = 'Work'",
        "INSERT INTO api_keys (id, name, key, expires_at, user_id, realm_id)"
                + " SELECT md5('e' || id)::uuid, 'e', 'sk_expiring_' || id, now() + interval '1 day', user_id, id FROM realms WHERE is_default",
        "UPDATE user_settings SET current_realm_id = (SELECT id FROM realms WHERE user_id = user_settings.user_id AND name = 'Work')",
    };

    private static final String DELETED_REALMS =
            "SELECT id || ' ' || content_kept_until FROM realms WHERE NOT is_active ORDER BY 1";

    private static final String WHERE_EVERYTHING_IS = """
            SELECT 'server ' || id || realm_id FROM database_servers UNION ALL SELECT 'database ' || id || realm_id || name FROM databases
            UNION ALL SELECT 'document ' || id || realm_id FROM documents UNION ALL SELECT 'job ' || id || realm_id FROM jobs
            UNION ALL SELECT 'key ' || to_jsonb(k)::text FROM api_keys AS k UNION ALL SELECT 'realm ' || to_jsonb(r)::text FROM realms AS r
            UNION ALL SELECT 'settings ' || to_jsonb(s)::text FROM user_settings AS s ORDER BY 1
            """;

    private static List<String> preRealm;

    private final SecretBox box = TestKeys.box();
    private TestSql database;
    private List<String> before;

    @BeforeAll
    static void dump() throws Exception {
        preRealm = SchemaDump.of(new TestSql(FreshDatabases.preRealm(ROWS)));
    }

    @BeforeEach
    void expect() {
        before = preRealm;
    }

    @Test
    void theSchemaIsWhatItWasAndComesBackAsItWas() throws Exception {
        database = new TestSql(FreshDatabases.expanded(ROWS));
        List<String> expanded = SchemaDump.all(database);
        migrate();
        List<String> migrated = SchemaDump.all(database);

        for (int i = 0; i < 2; i++) {
            rollBack();

            assertThat(SchemaDump.of(database)).isEqualTo(before);
            startAgain();
            assertThat(SchemaDump.all(database)).isEqualTo(expanded);
            migrate();
            assertThat(SchemaDump.all(database)).isEqualTo(migrated);
        }
    }

    private enum From {
        EXPANDED,
        PARTLY_MOVED,
        MOVED,
        PARTLY_CONTRACTED,
        MIGRATED
    }

    @ParameterizedTest
    @EnumSource
    void goesBackFromEverywhere(From from) throws Exception {
        database = new TestSql(FreshDatabases.expanded(ROWS));
        List<String> rows = preRealmRows();
        switch (from) {
            case EXPANDED -> {}
            case PARTLY_MOVED ->
                database.run(
                        "SELECT ensure_default_realm(id) FROM users WHERE id < '80000000-0000-0000-0000-000000000000'",
                        "UPDATE databases SET realm_id = r.id FROM realms r WHERE r.user_id = databases.user_id");
            case MOVED -> new PlainMigration(database.database()).moveRows();
            case PARTLY_CONTRACTED -> {
                new PlainMigration(database.database()).moveRows();
                contract(20);
            }
            case MIGRATED -> migrate();
        }

        rollBack();

        assertThat(SchemaDump.of(database)).isEqualTo(before);
        assertThat(preRealmRows()).isEqualTo(rows);
        startAgain();
        migrate();
    }

    /** Wherever the contract ends. */
    @ParameterizedTest
    @ValueSource(ints = {8, 20, 29})
    void goesBackFromWhereverTheContractEnded(int scripts) throws Exception {
        database = new TestSql(FreshDatabases.expanded(ROWS));
        new PlainMigration(database.database()).moveRows();
        contract(scripts);

        rollBack();

        assertThat(SchemaDump.of(database)).isEqualTo(before);
    }

    @Test
    void realmsAndMembershipComeBack() throws Exception {
        database = new TestSql(FreshDatabases.migrated(ROWS));
        database.run(SECOND_REALMS);
        database.run("UPDATE realms SET is_active = false, content_kept_until = '2100-01-01'"
                + " WHERE id IN (SELECT id FROM realms WHERE NOT is_default LIMIT 5)");
        List<String> where = database.ask(WHERE_EVERYTHING_IS);
        List<String> deleted = database.ask(DELETED_REALMS);
        assertThat(deleted).hasSize(5);

        for (int i = 0; i < 2; i++) {
            Rollback.RollbackReport report = rollBack();

            assertThat(SchemaDump.of(database)).isEqualTo(before);
            assertThat(report.realms()).isEqualTo(40);
            assertThat(report.renamedDatabases().count()).isEqualTo(20);
            assertThat(report.revokedKeys().count()).isEqualTo(80);
            assertThat(database.ask("SELECT name FROM databases ORDER BY 1"))
                    .filteredOn(name -> !name.equals("d"))
                    .hasSize(20)
                    .containsOnly("d (Work)");
            assertThat(database.ask(
                            "SELECT key FROM api_keys WHERE key !~ '^(sk_[0-9a-f-]{36}|revoked:[0-9a-f-]{36})$'"))
                    .isEmpty();
            startAgain();
            migrate();
            assertThat(database.ask(WHERE_EVERYTHING_IS)).isEqualTo(where);
            assertThat(database.ask(DELETED_REALMS)).isEqualTo(deleted);
        }
    }

    /** What the pre-realm application does meanwhile decides where a row goes. */
    @Test
    void rowsThatChangedMeanwhileGoWhereTheirReferencesAre() throws Exception {
        database = new TestSql(FreshDatabases.migrated(ROWS));
        database.run(SECOND_REALMS);
        rollBack();
        String user = database.ask("SELECT id FROM users ORDER BY 1").get(0);
        String work = database.ask(
                        "SELECT id FROM realms_archive.realms WHERE name = 'Work' AND user_id = '" + user + "'")
                .get(0);
        String inWork = "(SELECT id FROM databases WHERE name = 'd (Work)' AND [user_id] = '" + user + "')";
        database.run(
                "INSERT INTO documents (name, type, [user_id], [database_id]) SELECT 'new', 't', '" + user
                        + "', id FROM " + inWork + " AS d",
                "INSERT INTO documents (name, type, [user_id]) VALUES ('alone', 't', '" + user + "')",
                "UPDATE documents SET [database_id] = '" + user
                        + "', name = 'moved' WHERE [database_id] IS NULL AND name = 'o' AND [user_id] = '" + user + "'",
                "INSERT INTO users (name, email) VALUES ('new', 'new@example.com')");

        startAgain();
        migrate();

        assertThat(database.ask("SELECT name || (realm_id = '" + work + "') FROM documents WHERE user_id = '" + user
                        + "' AND name <> 'o' ORDER BY 1"))
                .containsExactly("alonefalse", "movedfalse", "newtrue");
    }

    @Test
    void whoIsDeletedMeanwhileHasNoRealmsThatComeBack() throws Exception {
        database = new TestSql(FreshDatabases.migrated(ROWS));
        rollBack();
        String user = database.ask("SELECT id FROM users ORDER BY 1").get(0);
        try (Connection holder = database.database().getConnection();
                Connection application = database.database().getConnection();
                Statement hold = holder.createStatement();
                Statement delete = application.createStatement()) {
            holder.setAutoCommit(false);
            application.setAutoCommit(false);
            hold.execute("LOCK TABLE realms_archive.realms");
            CompletableFuture<Void> start = CompletableFuture.runAsync(this::startAgainUnchecked);
            awaitLock(start, "relation = 'realms_archive.realms'::regclass");
            delete.execute("DELETE FROM users WHERE id = '" + user + "'");
            holder.commit();
            awaitLock(start, "locktype = 'transactionid'");
            application.commit();
            start.join();
        }
        migrate();

        assertThat(database.ask("SELECT count(*) FROM realms WHERE is_default")).containsExactly("19");
        assertThat(database.ask("SELECT count(*) FROM realms WHERE user_id = '" + user + "'"))
                .containsExactly("0");
    }

    private void awaitLock(CompletableFuture<Void> start, String which) throws SQLException {
        while (database.ask("SELECT pid FROM pg_locks WHERE NOT granted AND " + which)
                .isEmpty()) {
            assertThat(start).isNotDone();
        }
    }

    private void startAgainUnchecked() {
        try {
            startAgain();
        } catch (SQLException fault) {
            throw new IllegalStateException(fault);
        }
    }

    @Test
    void credentialsComeBackInPlain() throws Exception {
        database = new TestSql(FreshDatabases.migrated(ROWS));
        for (String row : database.ask("SELECT id || ' ' || realm_id FROM database_servers ORDER BY id LIMIT 5")) {
            String[] ids = row.split(" ");
            seal(ids[0], ids[1], "password");
            seal(ids[0], ids[1], "api_key");
        }

        Rollback.RollbackReport report = rollBack();

        assertThat(database.ask("SELECT DISTINCT concat_ws(' ', password, [api_key]) FROM database_servers ORDER BY 1"))
                .containsExactly("plain", "secret password secret api_key");
        assertThat(report.unreadableCredentials().count()).isZero();
    }

    @Test
    void refusesWhenItHasNoKeyForTheCredentials() throws Exception {
        database = new TestSql(FreshDatabases.migrated(ROWS));
        String[] ids = database.ask("SELECT id || ' ' || realm_id FROM database_servers ORDER BY id LIMIT 1")
                .get(0)
                .split(" ");
        seal(ids[0], ids[1], "password");
        List<String> rows = preRealmRows();

        assertThatThrownBy(() -> new PlainRollback(database.database(), TestKeys.box()).run())
                .isInstanceOf(Rollback.CannotRollBack.class)
                .hasMessage("1 credentials are sealed by a key that this node does not have:"
                        + " set realms.secret-key, and ask for the rollback again.");

        assertThat(preRealmRows()).isEqualTo(rows);
    }

    @Test
    void refusesWhenARowWasLost() throws Exception {
        database = new TestSql(FreshDatabases.migrated(ROWS));
        lose("jobs");
        String name = differences().get(0).difference();

        assertThatThrownBy(this::rollBack)
                .isInstanceOf(Rollback.CannotRollBack.class)
                .hasMessageStartingWith("Rows were lost or changed: " + name + " (19 instead of 20 rows");
        assertThat(database.ask("SELECT state FROM migration.state")).containsExactly("rolling-back");
    }

    /** Whatever is written meanwhile, it is the same difference; another one is none that was looked at. */
    @Test
    void goesBackOverALossThatIsAcceptedByName() throws Exception {
        database = new TestSql(FreshDatabases.migrated(ROWS));
        lose("jobs");
        String name = differences().get(0).difference();
        database.run(
                "DELETE FROM jobs WHERE id = (SELECT min(id::text)::[uuid] FROM jobs)",
                "UPDATE jobs SET summary = 'x'");
        assertThat(differences()).extracting(TableCheck::difference).containsExactly(name);

        accept(name);
        assertThat(differences()).isEmpty();
        assertThatThrownBy(() -> accept(name)).isInstanceOf(DomainException.class);
        lose("jobs");
        assertThat(differences())
                .extracting(TableCheck::difference)
                .doesNotContain(name)
                .hasSize(1);
        lose("api_keys");
        assertThatThrownBy(() -> accept(differences().get(0).difference(), name))
                .isInstanceOf(DomainException.class);
        assertThat(differences()).as("all or none").hasSize(2);
        accept(differences().stream().map(TableCheck::difference).toArray(String[]::new));

        rollBack();

        assertThat(SchemaDump.of(database)).isEqualTo(before);
        assertThat(
                        database.ask(
                                "SELECT parameters::text FROM migration.audit_log WHERE act = 'accept-difference' ORDER BY id LIMIT 1"))
                .containsExactly(
                        "{\"found\": 18, \"table\": \"jobs\", \"expected\": 19, \"difference\": \"" + name + "\"}");
    }

    /** The ledger knows of it, and so do the counts. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "jobs",
                "api_keys",
                "user_settings",
                "documents, jobs",
                "documents CASCADE",
                "database_servers CASCADE",
                "users CASCADE"
            })
    void aTruncationIsNoLoss(String tables) throws Exception {
        database = new TestSql(FreshDatabases.migrated(ROWS));

        database.run("TRUNCATE " + tables);

        assertThat(new PlainMigration(database.database()).verify().sentence()).startsWith("All ");
        rollBack();
        assertThat(SchemaDump.of(database)).isEqualTo(before);
    }

    /** What an application can do to rows without a word to ordinary triggers. */
    @Test
    void whatAReplicationAppliesIsNoLoss() throws Exception {
        database = new TestSql(FreshDatabases.migrated(ROWS));

        new TestSql(FreshDatabases.asSuperuser(database.database()))
                .run(
                        "SET session_replication_role = replica; DELETE FROM jobs WHERE id IN (SELECT id FROM jobs ORDER BY id LIMIT 3)");

        assertThat(database.ask("SELECT count(*) FROM jobs")).containsExactly("17");
        assertThat(differences()).isEmpty();
    }

    /** Ended at whatever step before something is dropped: all is again what it was, and another rollback finds it so. */
    @ParameterizedTest
    @EnumSource(names = {"CLOSE", "ARCHIVE", "CREDENTIALS", "NAMES", "KEYS", "VERIFY", "CONTRACT"})
    void canBeCalledOffBeforeAnythingIsDropped(RollbackListener.Phase step) throws Exception {
        database = new TestSql(FreshDatabases.migrated(ROWS));
        database.run(SECOND_REALMS);
        String[] ids = database.ask("SELECT id || ' ' || realm_id FROM database_servers ORDER BY id LIMIT 1")
                .get(0)
                .split(" ");
        seal(ids[0], ids[1], "password");
        List<String> where = database.ask(WHERE_EVERYTHING_IS);
        List<String> servers = database.ask("SELECT to_jsonb(s)::text FROM database_servers AS s ORDER BY 1");
        List<String> migrated = SchemaDump.all(database);
        PlainRollback rollback = new PlainRollback(database.database(), box);

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> rollback.run(begun -> {
                        if (begun == step) {
                            throw new RollbackListener.RollbackStopped();
                        }
                    }))
                    .isInstanceOf(RollbackListener.RollbackStopped.class);
            rollback.callOff();

            assertThat(database.ask(WHERE_EVERYTHING_IS)).isEqualTo(where);
            assertThat(database.ask("SELECT to_jsonb(s)::text FROM database_servers AS s ORDER BY 1"))
                    .isEqualTo(servers);
            assertThat(SchemaDump.all(database)).isEqualTo(migrated);
            assertThat(database.ask("SELECT since::text FROM migration.going_back"))
                    .isEmpty();
            assertThat(differences()).isEmpty();
        }
        rollBack();
        assertThat(SchemaDump.of(database)).isEqualTo(before);
    }

    @Test
    void canNotBeCalledOffOnceSomethingIsDropped() throws Exception {
        database = new TestSql(FreshDatabases.migrated(ROWS));
        int[] asked = {0};
        PlainRollback rollback = new PlainRollback(database.database(), box);
        assertThatThrownBy(() -> rollback.run(step -> {}, () -> asked[0]++ >= 4))
                .isInstanceOf(RollbackListener.RollbackStopped.class);

        assertThatThrownBy(rollback::callOff)
                .isInstanceOf(Rollback.CannotRollBack.class)
                .hasMessageStartingWith("The schema has begun");
        assertThatThrownBy(() -> database.run("UPDATE migration.state SET state = 'migrated'"))
                .hasMessageContaining("the rollback can't be called off");

        database.run("UPDATE migration.state SET state = 'rolling-back'");
        rollBack();
        assertThat(SchemaDump.of(database)).isEqualTo(before);
    }

    /** The start after a rollback could not even expand the schema again: nothing has come back that could be lost. */
    @Test
    void rollsBackAStartThatCouldNotExpand() throws Exception {
        database = new TestSql(FreshDatabases.migrated(ROWS));
        database.run(SECOND_REALMS);
        List<String> where = database.ask(WHERE_EVERYTHING_IS);
        rollBack();
        database.run("CREATE SCHEMA realms", "UPDATE migration.state SET state = 'running'");
        assertThatThrownBy(() -> new ExpandSchema(database.database(), FreshDatabases.APP_USER).run())
                .isInstanceOf(SchemaException.class);
        database.run("UPDATE migration.state SET state = 'failed'");

        rollBack();

        assertThat(SchemaDump.of(database)).isEqualTo(before);
        database.run("DROP SCHEMA realms");
        startAgain();
        migrate();
        assertThat(database.ask(WHERE_EVERYTHING_IS)).isEqualTo(where);
    }

    /** Without its being noted. */
    private void lose(String table) throws Exception {
        database.run("BEGIN; SET LOCAL realms.migration = 'on'; DELETE FROM " + table
                + " WHERE id = (SELECT min(id::text)::[uuid] FROM " + table + "); COMMIT");
    }

    private List<TableCheck> differences() throws Exception {
        try (Connection connection = database.database().getConnection()) {
            return Differences.of(connection);
        }
    }

    private void accept(String... names) throws Exception {
        try (Connection connection = database.database().getConnection()) {
            Differences.accept(connection, "nobody", List.of(names));
        }
    }

    /** Ended at whatever step, and then again. */
    @ParameterizedTest
    @EnumSource
    void goesOnWhereItEnded(RollbackListener.Phase step) throws Exception {
        database = new TestSql(FreshDatabases.migrated(ROWS));
        database.run(SECOND_REALMS);
        List<String> where = database.ask(WHERE_EVERYTHING_IS);
        PlainRollback rollback = new PlainRollback(database.database(), box);

        assertThatThrownBy(() -> rollback.run(begun -> {
                    if (begun == step) {
                        throw new RollbackListener.RollbackStopped();
                    }
                }))
                .isInstanceOf(RollbackListener.RollbackStopped.class);
        rollback.run();

        assertThat(SchemaDump.of(database)).isEqualTo(before);
        startAgain();
        migrate();
        assertThat(database.ask(WHERE_EVERYTHING_IS)).isEqualTo(where);
    }

    /** Between any two scripts; half of them take back the contract. */
    @ParameterizedTest
    @ValueSource(ints = {4, 14, 18, 27})
    void goesOnWhereItsScriptsEnded(int scripts) throws Exception {
        database = new TestSql(FreshDatabases.migrated(ROWS));
        database.run(SECOND_REALMS);
        int[] asked = {0};

        assertThatThrownBy(
                        () -> new PlainRollback(database.database(), box).run(step -> {}, () -> asked[0]++ >= scripts))
                .isInstanceOf(RollbackListener.RollbackStopped.class);
        rollBack();

        assertThat(SchemaDump.of(database)).isEqualTo(before);
    }

    /** Of each kind that a table, a column, a key or a role can have; keys are made anew on the way. */
    private static final String[] SETTINGS = {
        "GRANT SELECT, TRIGGER ON documents TO realms_app",
        "GRANT SELECT (name), UPDATE (name) ON documents TO realms_app",
        "GRANT UPDATE (name) ON databases TO realms_app",
        "GRANT SELECT ON jobs TO realms_app WITH GRANT OPTION",
        "GRANT SELECT (id) ON users TO realms_app WITH GRANT OPTION",
        "GRANT USAGE ON SCHEMA public TO realms_app",
        "GRANT INSERT ON users TO PUBLIC",
        "GRANT SELECT (name) ON documents TO pg_monitor",
        "GRANT ALL ON jobs TO pg_monitor",
        "ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO PUBLIC, realms_app",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO pg_monitor",
        "ALTER TABLE documents REPLICA IDENTITY USING INDEX documents_pkey",
        "ALTER TABLE databases REPLICA IDENTITY USING INDEX "
                + either("databases_name_user_id_key", "\"databases_name_userId_key\""),
        "ALTER TABLE api_keys REPLICA IDENTITY USING INDEX api_keys_key_key",
        "ALTER TABLE jobs REPLICA IDENTITY FULL",
        "CREATE UNIQUE INDEX own ON database_servers (host, id)",
        "ALTER TABLE database_servers REPLICA IDENTITY USING INDEX own",
        "COMMENT ON TABLE documents IS 'table'",
        "COMMENT ON COLUMN documents.name IS 'column'",
        "COMMENT ON CONSTRAINT documents_pkey ON documents IS 'it''s a key'",
        "COMMENT ON INDEX documents_pkey IS 'index'",
        "COMMENT ON CONSTRAINT " + either("jobs_document_id_fkey", "\"jobs_documentId_fkey\"")
                + " ON jobs IS 'reference'",
        // The other shape has none of its own.
        "CREATE INDEX IF NOT EXISTS idx_jobs_user_id ON jobs ([user_id])",
        "CREATE INDEX IF NOT EXISTS idx_documents_user_id ON documents ([user_id])",
        "COMMENT ON INDEX idx_jobs_user_id IS 'index'",
        "ALTER TABLE documents SET (fillfactor = 70, autovacuum_enabled = false)",
        "ALTER INDEX jobs_pkey SET (fillfactor = 60, deduplicate_items = off)",
        "ALTER INDEX idx_jobs_user_id SET (fillfactor = 50)",
        "ALTER INDEX api_keys_key_key SET (fillfactor = 50)",
        "ALTER TABLE jobs CLUSTER ON jobs_pkey",
        "ALTER TABLE documents CLUSTER ON idx_documents_user_id",
        "ALTER TABLE documents ALTER name SET STATISTICS 500, ALTER name SET STORAGE EXTERNAL, ALTER type SET (n_distinct = 5)",
        "CREATE STATISTICS own ON name, type FROM documents",
        "CREATE FUNCTION own() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "CREATE TRIGGER own BEFORE UPDATE ON documents FOR EACH ROW EXECUTE FUNCTION own()",
        "ALTER TABLE documents DISABLE TRIGGER own",
    };

    @Test
    void whatTheInstallationHadSetStays() throws Exception {
        database = new TestSql(FreshDatabases.preRealm(ROWS));
        database.run(SETTINGS);
        // Whatever can't be told to a replica fails.
        new TestSql(FreshDatabases.asSuperuser(database.database()))
                .run("CREATE PUBLICATION everything FOR ALL TABLES");
        before = SchemaDump.of(database);
        PreflightAnswers published = new PreflightAnswers(Map.of("published-table", PreflightAnswers.Answer.IGNORE));
        new ExpandSchema(database.database(), FreshDatabases.APP_USER, published).run();
        migrate();

        for (int i = 0; i < 2; i++) {
            database.run("UPDATE databases SET name = 'x'", "UPDATE api_keys SET name = 'x'", "DELETE FROM jobs");
            rollBack();

            assertThat(SchemaDump.of(database)).isEqualTo(before);
            database.run("GRANT DELETE ON databases TO realms_app", "COMMENT ON INDEX documents_pkey IS 'another'");
            before = SchemaDump.of(database);
            database.run("INSERT INTO migration.answers VALUES ('published-table', 'ignore')");
            startAgain();
            migrate();
        }
    }

    /** The pre-realm application has no lock of ours to wait for. */
    @Test
    void aNameThatIsTakenMeanwhileIsChangedToo() throws Exception {
        database = new TestSql(FreshDatabases.migrated(ROWS));
        database.run(SECOND_REALMS);

        Rollback.RollbackReport report = new PlainRollback(database.database(), box).run(step -> {
            if (step == RollbackListener.Phase.CONTRACT) {
                database.run("UPDATE databases SET name = 'd'");
            }
        });

        assertThat(report.renamedDatabases().count()).isEqualTo(20);
        assertThat(SchemaDump.of(database)).isEqualTo(before);
        startAgain();
        migrate();
        assertThat(database.ask("SELECT DISTINCT name FROM databases")).containsExactly("d");
    }

    @Test
    void whatCameOfAnswersIsUndone() throws Exception {
        database = new TestSql(FreshDatabases.expanded(ROWS));
        database.run(
                "UPDATE databases SET server_id = o.id FROM users o WHERE o.email = '1@example.com' AND databases.user_id <> o.id",
                "UPDATE jobs SET document_id = o.id FROM users o WHERE o.email = '1@example.com' AND jobs.user_id <> o.id");
        List<String> rows = preRealmRows();
        database.run(
                "INSERT INTO database_servers (id, name, type, host, port, user_id) SELECT md5('copy' || id)::uuid, 's', 'QDRANT', 'h', 1, id"
                        + " FROM users WHERE email <> '1@example.com'",
                "INSERT INTO migration.ledger (table_name, row_id, act, finding)"
                        + " SELECT 'database_servers', md5('copy' || id)::uuid, 'made', 'f' FROM users WHERE email <> '1@example.com'",
                "INSERT INTO migration.ledger (table_name, row_id, act, column_name, old_value, new_value, finding)"
                        + " SELECT 'databases', id, 'detach', 'server_id', server_id, md5('copy' || user_id)::uuid, 'f' FROM databases WHERE server_id <> id",
                "UPDATE databases SET server_id = md5('copy' || user_id)::uuid WHERE server_id <> id",
                "INSERT INTO migration.ledger (table_name, row_id, act, column_name, old_value, new_value, finding)"
                        + " SELECT 'jobs', id, 'reassign', 'user_id', user_id, document_id, 'f' FROM jobs WHERE document_id <> id",
                "UPDATE jobs SET user_id = document_id WHERE document_id <> id");
        migrate();

        Rollback.RollbackReport report = rollBack();

        assertThat(preRealmRows()).isEqualTo(rows);
        assertThat(report.undoneAnswers()).isEqualTo(3 * 19);
    }

    /** A start that did not get far, and back again: what it has not brought back yet is not lost. */
    @Test
    void rollsBackAStartThatWasNotComplete() throws Exception {
        database = new TestSql(FreshDatabases.migrated(ROWS));
        database.run(SECOND_REALMS);
        List<String> where = database.ask(WHERE_EVERYTHING_IS);
        rollBack();
        database.run("UPDATE migration.state SET state = 'running'");
        new ExpandSchema(database.database(), FreshDatabases.APP_USER).run();

        rollBack();

        assertThat(SchemaDump.of(database)).isEqualTo(before);
        startAgain();
        migrate();
        assertThat(database.ask(WHERE_EVERYTHING_IS)).isEqualTo(where);
    }

    /** It writes all the while, with statements as it has them; none fails, none waits for long, none is lost. */
    @Test
    void theApplicationFromBeforeRealmsGoesOn() throws Exception {
        database = new TestSql(FreshDatabases.migrated(ROWS));
        database.run(SECOND_REALMS);

        try (PreRealmStatements application = new PreRealmStatements(database.database())) {
            application.start();
            rollBack();
            application.writeSomeMore();
            startAgain();
            migrate();
            application.writeSomeMore();
            application.stop();

            assertThat(application.failures()).isEmpty();
            assertThat(application.longest()).isLessThan(Duration.ofSeconds(2));
            assertThat(database.ask("SELECT count(*) FROM documents WHERE name = 'live'"))
                    .containsExactly(Long.toString(application.documents()));
        }
    }

    private void seal(String id, String realm, String field) throws SQLException {
        String sealed = box.seal("secret " + field, AssociatedData.ofField(UUID.fromString(realm), id, field));
        database.run("UPDATE database_servers SET " + field + " = '" + sealed + "' WHERE id = '" + id + "'");
    }

    private void migrate() throws SQLException {
        new PlainMigration(database.database()).complete();
    }

    private void contract(int scripts) {
        int[] asked = {0};
        assertThatThrownBy(() -> StageRun.contract(database.database()).run(() -> asked[0]++ >= scripts))
                .isInstanceOf(SchemaException.class);
    }

    private Rollback.RollbackReport rollBack() throws SQLException {
        return new PlainRollback(database.database(), box).run();
    }

    private void startAgain() throws SQLException {
        new PlainRollback(database.database(), box).startAgain();
    }

    private List<String> preRealmRows() throws SQLException {
        List<String> rows = new ArrayList<>();
        for (String table :
                List.of("users", "user_settings", "database_servers", "databases", "documents", "jobs", "api_keys")) {
            rows.addAll(database.ask(
                    "SELECT '" + table + " ' || to_jsonb(t)::text FROM public." + table + " AS t ORDER BY 1"));
        }
        return rows;
    }
}
