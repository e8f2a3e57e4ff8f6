package dev.realms.realm.isolation.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.realms.migration.control.PlainMigration;
import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.realm.isolation.probe.IsolationVerdict.IsolationFinding;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plants one defect after the other, each in a transaction that is rolled back, and asks as the runtime role. */
@DatabaseTest
class DatabaseFindingsTest {

    private static DataSource adopted;
    private static DataSource empty;

    @BeforeAll
    static void contract() throws Exception {
        DataSource owner = FreshDatabases.expanded();
        assertThat(new PlainMigration(owner).run().passed()).isTrue();
        adopted = FreshDatabases.asSuperuser(owner);
        owner = FreshDatabases.finalized();
        empty = FreshDatabases.asSuperuser(owner);
    }

    @Test
    void nothingIsWrongWithAContractedDatabase() throws Exception {
        assertThat(findings(adopted, "SELECT")).isEmpty();
        assertThat(findings(empty, "SELECT")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ALTER ROLE realms_app SUPERUSER                              | superuser realms_app
            ALTER ROLE realms_app BYPASSRLS                              | bypasses-rls realms_app
            ALTER ROLE realms_app CREATEROLE                             | creates-roles realms_app
            ALTER ROLE realms_app REPLICATION                            | replicates realms_app
            REVOKE realms_app FROM realms_owner; GRANT realms_owner TO realms_app                             | member realms_app
            REVOKE realms_app FROM realms_owner; GRANT realms_owner TO realms_app WITH INHERIT FALSE          | member realms_app
            GRANT pg_execute_server_program TO realms_app                | member realms_app
            CREATE ROLE b BYPASSRLS; GRANT b TO realms_app               | member realms_app
            REVOKE realms_app FROM realms_owner; CREATE ROLE b; GRANT realms_owner TO b; GRANT b TO realms_app | member realms_app
            GRANT TRUNCATE ON documents TO realms_app                    | may-truncate documents
            GRANT TRUNCATE ON documents TO PUBLIC                        | may-truncate documents
            GRANT TRIGGER ON api_keys TO realms_app                      | may-trigger api_keys
            GRANT DELETE ON realms TO realms_app                         | may-delete realms
            GRANT DELETE ON realm_events TO realms_app                   | may-delete realm_events
            GRANT UPDATE ON realm_events TO realms_app                   | may-update realm_events
            GRANT INSERT ON realm_events TO PUBLIC                       | may-insert realm_events
            GRANT CREATE ON SCHEMA realms TO realms_app; ALTER TABLE migration.flyway_expand OWNER TO realms_app | owner realms_app,may-truncate flyway_expand,may-trigger flyway_expand
            GRANT CREATE ON SCHEMA realms TO realms_app                  | may-create realms
            GRANT CREATE ON SCHEMA realms TO PUBLIC                      | may-create realms
            GRANT CREATE ON SCHEMA realms_doors TO PUBLIC                | may-create realms_doors
            CREATE ROLE b; GRANT CREATE ON SCHEMA realms TO b; GRANT b TO realms_app | may-create realms
            CREATE SCHEMA s AUTHORIZATION realms_app                     | owner realms_app
            CREATE FUNCTION public.f() RETURNS int RETURN 1; GRANT CREATE ON SCHEMA realms TO realms_app; ALTER FUNCTION public.f() OWNER TO realms_app | owner realms_app
            """)
    void namesWhatTheRuntimeRoleMustNotBe(String defect, String names) throws Exception {
        assumeTrue(!defect.contains("WITH INHERIT") || version(adopted) >= 16, "since PostgreSQL 16");

        assertThat(findings(adopted, defect)).extracting(IsolationFinding::name).contains(names.split(","));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ALTER TABLE documents DISABLE ROW LEVEL SECURITY                              | row-level-security documents
            ALTER TABLE realms DISABLE ROW LEVEL SECURITY                                 | row-level-security realms
            DROP POLICY user_settings_of_user ON user_settings                            | policy user_settings
            DROP POLICY jobs_of_open_realm ON jobs                                        | policy jobs
            ALTER POLICY jobs_of_open_realm ON jobs USING (true)                          | policy jobs
            ALTER POLICY jobs_of_open_realm ON jobs USING (realm_id = nullif(current_setting('app.realm_id', true), '')::uuid) | policy jobs
            ALTER POLICY jobs_of_open_realm ON jobs USING (realm_id = (SELECT open_realm_id()) OR user_id = (SELECT open_user_id())) | policy jobs
            ALTER TABLE jobs ADD COLUMN other uuid; ALTER POLICY jobs_of_open_realm ON jobs USING (other = (SELECT open_realm_id())) | policy jobs
            ALTER POLICY jobs_of_open_realm ON jobs WITH CHECK (true)                     | policy jobs
            ALTER POLICY jobs_of_open_realm ON jobs TO realms_owner                       | policy jobs
            CREATE POLICY more ON jobs FOR SELECT USING (true)                            | policy jobs
            CREATE POLICY more ON jobs TO realms_app USING (true)                         | policy jobs
            DROP POLICY jobs_of_open_realm ON jobs; CREATE POLICY p ON jobs FOR SELECT USING (realm_id = (SELECT open_realm_id())) | policy jobs
            CREATE SCHEMA x; CREATE FUNCTION x.open_realm_id() RETURNS uuid RETURN gen_random_uuid(); ALTER POLICY jobs_of_open_realm ON jobs USING (realm_id = (SELECT x.open_realm_id())) | policy jobs
            CREATE TABLE more (realm_id uuid, note text); GRANT UPDATE (note) ON more TO realms_app | row-level-security more,policy more,not-null more,primary-key more,realm-key more
            ALTER TABLE realm_events DISABLE ROW LEVEL SECURITY                           | row-level-security realm_events
            ALTER POLICY realm_events_of_open_realm ON realm_events USING (user_id = (SELECT open_user_id())) | policy realm_events
            ALTER TABLE realm_events DROP CONSTRAINT realm_events_realm_id_fkey           | realm-key realm_events
            ALTER TABLE realm_events DROP CONSTRAINT realm_events_pkey                    | primary-key realm_events
            CREATE TABLE past PARTITION OF realm_events FOR VALUES FROM ('2000-01-01') TO ('2000-02-01'); GRANT SELECT ON past TO realms_app | row-level-security past,policy past,primary-key past,realm-key past
            CREATE TABLE past PARTITION OF realm_events FOR VALUES FROM ('2000-01-01') TO ('2000-02-01'); CREATE VIEW public.v AS SELECT * FROM past; GRANT SELECT ON public.v TO realms_app | view public.v
            ALTER TABLE documents DROP CONSTRAINT documents_realm_id_fkey                 | realm-key documents
            ALTER TABLE documents DROP CONSTRAINT documents_realm_id_fkey; ALTER TABLE documents ADD CONSTRAINT documents_realm_id_fkey FOREIGN KEY (realm_id, user_id, realm_kept) REFERENCES realms (id, user_id, is_kept) NOT VALID | realm-key documents
            ALTER TABLE documents DROP CONSTRAINT documents_realm_id_fkey; ALTER TABLE documents ADD FOREIGN KEY (realm_id) REFERENCES realms (id) | realm-key documents
            ALTER TABLE documents DISABLE TRIGGER ALL                                     | realm-key documents,reference documents.database_id,reference documents.documents_realm_id_database_id_fkey,reference jobs.document_id,reference jobs.jobs_realm_id_document_id_fkey
            ALTER TABLE documents DROP CONSTRAINT documents_realm_id_database_id_fkey     | reference documents.database_id
            ALTER TABLE documents ADD COLUMN other_id uuid                                | reference documents.other_id
            ALTER TABLE jobs DROP CONSTRAINT jobs_pkey                                    | primary-key jobs
            ALTER TABLE jobs DROP CONSTRAINT jobs_pkey; ALTER TABLE jobs ADD PRIMARY KEY (id); | primary-key jobs
            ALTER TABLE jobs DROP CONSTRAINT jobs_pkey; ALTER TABLE jobs ALTER COLUMN realm_id DROP NOT NULL; | primary-key jobs,not-null jobs
            ALTER TABLE documents ADD UNIQUE (id); ALTER TABLE jobs ADD CONSTRAINT j FOREIGN KEY (document_id) REFERENCES documents (id) | reference jobs.j
            CREATE VIEW public.v AS SELECT * FROM jobs; GRANT SELECT ON public.v TO realms_app          | view public.v
            CREATE MATERIALIZED VIEW public.v AS SELECT * FROM jobs; GRANT SELECT ON public.v TO realms_app | view public.v
            CREATE VIEW public.v AS SELECT name FROM documents; GRANT SELECT (name) ON public.v TO PUBLIC | view public.v
            CREATE VIEW public.v AS SELECT name FROM documents; GRANT DELETE ON public.v TO realms_app    | view public.v
            CREATE VIEW public.u AS SELECT name FROM documents; CREATE VIEW public.v WITH (security_invoker) AS SELECT name FROM public.u; GRANT SELECT ON public.v TO PUBLIC | view public.v
            CREATE VIEW public.u WITH (security_invoker = on) AS SELECT name FROM realms; CREATE VIEW public.v AS SELECT name FROM public.u; GRANT SELECT ON public.v TO PUBLIC | view public.v
            CREATE MATERIALIZED VIEW public.u AS SELECT name FROM documents; CREATE VIEW public.v WITH (security_invoker) AS SELECT name FROM public.u; GRANT SELECT ON public.v TO PUBLIC | view public.v
            CREATE ROLE b; CREATE VIEW public.v AS SELECT name FROM documents; GRANT SELECT ON public.v TO b; GRANT b TO realms_app | view public.v
            CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE USER MAPPING FOR PUBLIC SERVER s; CREATE FOREIGN TABLE public.v (a text) SERVER s; GRANT SELECT ON public.v TO PUBLIC | view public.v
            CREATE FUNCTION public.f() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM Documents' | function public.f()
            CREATE FUNCTION public.f() RETURNS bigint SECURITY DEFINER RETURN (SELECT count(*) FROM jobs) | function public.f()
            CREATE FUNCTION public.f() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS 'SELECT count(*) FROM "realms".jobs' | function public.f()
            CREATE FUNCTION public.f() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = queue, realms AS 'SELECT count(*) FROM jobs' | function public.f()
            CREATE FUNCTION public.f(s text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$BEGIN EXECUTE format('/* -- */ DELETE FROM %I.jobs', s); END$$ | function public.f(text)
            CREATE FUNCTION public.f() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$BEGIN SET search_path = realms; DELETE FROM jobs; END$$ | function public.f()
            CREATE VIEW public.v AS SELECT * FROM documents; CREATE FUNCTION public.f() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM v' | function public.f()
            CREATE VIEW public.v AS SELECT * FROM documents; CREATE FUNCTION public.f() RETURNS bigint SECURITY DEFINER RETURN (SELECT count(*) FROM v) | function public.f()
            CREATE SCHEMA s; CREATE MATERIALIZED VIEW s.u AS SELECT * FROM jobs; CREATE VIEW s.v AS SELECT * FROM s.u; CREATE FUNCTION public.f() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM s.v' | function public.f()
            CREATE FUNCTION public.open_realm(p_realm text) RETURNS bigint SECURITY DEFINER RETURN (SELECT count(*) FROM realms) | function public.open_realm(text)
            """)
    void namesWhatATableLacks(String defect, String names) throws Exception {
        for (DataSource database : List.of(adopted, empty)) {
            assertThat(findings(database, defect))
                    .extracting(IsolationFinding::name)
                    .containsExactlyInAnyOrder(names.split(","));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CREATE POLICY less ON jobs AS RESTRICTIVE USING (realm_id IS NOT NULL)
            CREATE TABLE public.f (id uuid PRIMARY KEY); ALTER TABLE documents ADD COLUMN folder_id uuid; ALTER TABLE documents ADD FOREIGN KEY (folder_id) REFERENCES public.f NOT VALID
            CREATE POLICY reporting ON jobs TO realms_owner USING (true)
            SET quote_all_identifiers = on
            CREATE VIEW public.v AS SELECT * FROM jobs
            CREATE VIEW public.v WITH (security_invoker = true) AS SELECT * FROM jobs; GRANT SELECT ON public.v TO realms_app
            CREATE ROLE b; CREATE VIEW public.v AS SELECT name FROM documents; GRANT SELECT ON documents TO b; ALTER VIEW public.v OWNER TO b; GRANT SELECT ON public.v TO PUBLIC
            CREATE VIEW public.v AS SELECT name FROM users; GRANT SELECT ON public.v TO PUBLIC
            CREATE SCHEMA s; CREATE VIEW s.v AS SELECT name FROM documents; GRANT SELECT ON s.v TO PUBLIC
            CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE USER MAPPING FOR pg_monitor SERVER s; CREATE FOREIGN TABLE public.v (a text) SERVER s; GRANT SELECT ON public.v TO PUBLIC
            CREATE FUNCTION public.f() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM documents'
            CREATE FUNCTION public.f() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM users'
            CREATE FUNCTION public.f() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN PERFORM FROM documents; RETURN NULL; END'
            CREATE FUNCTION public.f() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM documents'; REVOKE EXECUTE ON FUNCTION public.f() FROM PUBLIC
            CREATE SCHEMA queue; CREATE TABLE queue.jobs (a int); CREATE FUNCTION public.f() RETURNS void LANGUAGE sql SECURITY DEFINER AS 'INSERT INTO queue.jobs VALUES (1); DELETE FROM "queue"."jobs"'
            CREATE SCHEMA queue; CREATE TABLE queue.jobs (a int); CREATE FUNCTION public.f() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = queue AS 'SELECT count(*) FROM jobs'
            CREATE FUNCTION public.f() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT 1::bigint /* ** size of all databases */ -- and jobs'
            CREATE VIEW public.v AS SELECT name FROM users; CREATE FUNCTION public.f() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM v'
            CREATE ROLE b; CREATE VIEW public.v AS SELECT name FROM documents; GRANT SELECT ON documents TO b; ALTER VIEW public.v OWNER TO b; CREATE FUNCTION public.f() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM v'
            CREATE TABLE prices (id int, user_id uuid); GRANT SELECT ON prices TO realms_app
            CREATE TABLE of_another_application (realm_id uuid)
            GRANT pg_monitor TO realms_app
            """)
    void doesNotMindWhatWidensNothing(String change) throws Exception {
        assertThat(findings(adopted, change)).isEmpty();
    }

    /** The service would be served as long as rows are still to be moved. */
    @Test
    void namesRowLevelSecurityThatWasThereBeforeOurs() throws Exception {
        DataSource expanded = FreshDatabases.asSuperuser(FreshDatabases.expanded());
        try (Connection connection = expanded.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET ROLE realms_app");
            assertThat(TableFindings.beforeContract(connection)).isEmpty();
            statement.execute("RESET ROLE; ALTER TABLE realms.users ENABLE ROW LEVEL SECURITY; SET ROLE realms_app");
            assertThat(TableFindings.beforeContract(connection))
                    .extracting(IsolationFinding::name)
                    .containsExactly("row-level-security-of-others users");
            connection.rollback();
        }
        try (Connection connection = adopted.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET ROLE realms_app");
            assertThat(TableFindings.beforeContract(connection)).isEmpty();
            connection.rollback();
        }
    }

    @Test
    void saysItInSentences() throws Exception {
        List<IsolationFinding> found = findings(
                adopted,
                "ALTER TABLE documents DISABLE ROW LEVEL SECURITY; REVOKE realms_app FROM realms_owner; GRANT realms_owner TO realms_app; GRANT CREATE ON SCHEMA realms"
                        + " TO realms_app; ALTER TABLE migration.flyway_expand OWNER TO realms_app");

        assertThat(found)
                .extracting(IsolationFinding::sentence)
                .contains(
                        "The runtime role realms_app owns objects in the database, the table migration.flyway_expand for one.",
                        "The runtime role realms_app is a member of realms_owner, which owns objects in the database or may do"
                                + " anything there.",
                        "The runtime role realms_app may truncate table flyway_expand.",
                        "Row-level security is off on table documents.");
    }

    private static int version(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return connection.getMetaData().getDatabaseMajorVersion();
        }
    }

    private static List<IsolationFinding> findings(DataSource superuser, String defect) throws SQLException {
        try (Connection connection = superuser.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(defect);
            statement.execute("SET SESSION AUTHORIZATION realms_app");
            List<IsolationFinding> found = new ArrayList<>(RoleFindings.of(connection));
            found.addAll(TableFindings.of(connection));
            connection.rollback();
            return found;
        }
    }
}
