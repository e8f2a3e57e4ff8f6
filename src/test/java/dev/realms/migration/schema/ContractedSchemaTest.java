package dev.realms.migration.schema;

import static dev.realms.testing.oldapplication.OldApplicationShape.either;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.realms.migration.control.PlainMigration;
import dev.realms.testing.oldapplication.OldApplicationShape;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;

/** What the database itself keeps, once a pre-realm one has been migrated; what isolates its tables is in {@link TablesTest}. */
@DatabaseTest
class ContractedSchemaTest {

    private static final String USERS =
            "INSERT INTO users (name, email) VALUES ('Anna', 'anna@example.com'), ('Bert', 'bert@example.com')";

    private static TestSql contracted;

    @BeforeAll
    static void migrate() throws Exception {
        contracted = new TestSql(FreshDatabases.expanded(USERS));
        assertThat(new PlainMigration(contracted.database()).run().passed()).isTrue();
    }

    /** An id that changes takes along what refers to it, where it did so before. */
    private static final String ON_UPDATE = either("", " ON UPDATE CASCADE");

    @Test
    void everyTableHasTheIndexesOfItsQueries() throws Exception {
        for (String table : ownedTables()) {
            assertThat(indexedColumns(table))
                    .as(table)
                    .contains(
                            "(realm_id, id)",
                            "(realm_id, created_at DESC, id DESC)",
                            "(realm_id, name_key, id) INCLUDE (created_at)",
                            "(user_id, realm_id)");
        }
        assertThat(indexedColumns("realms")).contains("(user_id, created_at, id)", "(user_id, name_key, id)");
    }

    @Test
    void referencesStayInTheRealm() throws Exception {
        assertThat(constraints("databases", "f"))
                .contains("FOREIGN KEY (realm_id, server_id) REFERENCES database_servers(realm_id, id)" + ON_UPDATE
                        + " ON DELETE CASCADE DEFERRABLE");
        assertThat(constraints("documents", "f"))
                .contains("FOREIGN KEY (realm_id, database_id) REFERENCES databases(realm_id, id)" + ON_UPDATE
                        + " ON DELETE SET NULL (database_id) DEFERRABLE");
        assertThat(constraints("jobs", "f"))
                .contains("FOREIGN KEY (realm_id, document_id) REFERENCES documents(realm_id, id)" + ON_UPDATE
                        + " ON DELETE CASCADE DEFERRABLE");
    }

    @Test
    void namesOfDatabasesAreUniqueInARealmAndThoseFromBeforePerUser() throws Exception {
        // In the other shape the key from before is an index.
        assertThat(constraints("databases", "u"))
                .containsExactlyElementsOf(
                        OldApplicationShape.CHOSEN == OldApplicationShape.SNAKE_CASE
                                ? List.of("UNIQUE (name, realm_id)", "UNIQUE (pre_realm_name, user_id)")
                                : List.of("UNIQUE (name, realm_id)"));
        assertThat(
                        contracted.ask(
                                "SELECT indkey_columns FROM (SELECT substring(pg_get_indexdef(indexrelid) FROM '[(].*') AS indkey_columns"
                                        + " FROM pg_index WHERE indrelid = 'realms.databases'::regclass AND indisunique) AS u ORDER BY 1"))
                .containsExactly("(id)", "(name, realm_id)", "(pre_realm_name, user_id)", "(realm_id, id)");
    }

    /** Whatever random is behind the hash, and whether it is plain. */
    @Test
    void aKeyIsThereOnceInARealm() throws Exception {
        for (String stored : List.of("'sk'", "api_key_hash('sk') || ':' || repeat('1', 32)")) {
            refuses(
                    "api_keys_realm_id_key_hash_key",
                    "INSERT INTO api_keys (name, key, user_id) SELECT 'k', key, id FROM users,"
                            + " (VALUES (api_key_hash('sk') || ':' || repeat('0', 32)), (" + stored
                            + ")) AS keys (key)");
        }
    }

    @Test
    void everyConstraintAndIndexIsValid() throws Exception {
        assertThat(contracted.ask("SELECT conname FROM pg_constraint WHERE NOT convalidated"))
                .isEmpty();
        assertThat(contracted.ask("SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid"))
                .isEmpty();
    }

    @Test
    void aUserHasOneDefaultRealm() throws Exception {
        refuses(
                "realms_default_per_user_key",
                "INSERT INTO realms (name, user_id, is_default) SELECT 'second', id, true FROM users");
        refuses("users_default_realm_check", "UPDATE realms SET is_default = false");
        refuses("realms_default_is_active_check", "UPDATE realms SET is_active = false");
    }

    @Test
    void activeNamesAreUniqueWhateverTheirCaseOrForm() throws Exception {
        refuses("realms_active_name_key", "INSERT INTO realms (name, user_id) SELECT 'dEFAULT', id FROM users");
        refuses(
                "realms_active_name_key",
                "INSERT INTO realms (name, user_id) SELECT n, id FROM users, (VALUES (U&'STRA\\1E9EE'), (U&'Stra\\00DFe')) AS v (n)");
        refuses(
                "realms_active_name_key",
                "INSERT INTO realms (name, user_id) SELECT n, id FROM users, (VALUES (U&'Stra\\00DFe'), ('STRASSE')) AS v (n)");
        refuses(
                "realms_active_name_key",
                "INSERT INTO realms (name, user_id) SELECT n, id FROM users, (VALUES (U&'\\00E9'), (U&'e\\0301')) AS v (n)");
    }

    @Test
    void anInactiveNameBlocksNothing() throws Exception {
        inRolledBack(
                "INSERT INTO realms (name, user_id, is_active) SELECT 'old', id, a FROM users, (VALUES (true), (false), (false)) AS v (a)");
    }

    /** The indexes of the pre-realm schema go with finalize; what an empty database never needed is not there either. */
    @Test
    void anEmptyDatabaseEndsWithTheSameSchemaAsAFinalizedOne() throws Exception {
        assumeTrue(
                OldApplicationShape.CHOSEN == OldApplicationShape.SNAKE_CASE, "a new one has the types of this shape");
        TestSql empty = new TestSql(FreshDatabases.finalized());
        TestSql finalized = new TestSql(FreshDatabases.expanded(USERS));
        new PlainMigration(finalized.database()).run();
        StageRun.finalization(finalized.database()).run(() -> false);

        assertThat(describe(finalized)).isEqualTo(describe(empty));
    }

    private static List<String> ownedTables() throws SQLException {
        return contracted.ask(
                "SELECT relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
                        + " WHERE relnamespace = 'realms'::regnamespace AND relkind = 'r' AND NOT relispartition AND attname = 'realm_id' ORDER BY 1");
    }

    private static List<String> constraints(String table, String type) throws SQLException {
        return contracted.ask("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = '" + table
                + "'::regclass AND contype = '" + type + "' ORDER BY 1");
    }

    private static List<String> indexedColumns(String table) throws SQLException {
        return contracted.ask("SELECT substring(pg_get_indexdef(indexrelid) FROM 'btree (.*)$') FROM pg_index"
                + " WHERE indrelid = '" + table + "'::regclass");
    }

    private static List<String> describe(TestSql database) throws SQLException {
        return database.ask("""
                SELECT 'column ' || attrelid::regclass || '.' || attname || ' ' || format_type(atttypid, atttypmod) || ' ' || attnotnull
                       || ' ' || coalesce(pg_get_expr(adbin, adrelid), '')
                FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
                WHERE attrelid IN (SELECT oid FROM pg_class WHERE relkind = 'r' AND relname NOT LIKE 'flyway%'
                                   AND relnamespace IN ('realms'::regnamespace, 'migration'::regnamespace))
                  AND attnum > 0 AND NOT attisdropped
                UNION ALL SELECT 'constraint ' || conrelid::regclass || '.' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
                WHERE connamespace IN ('realms'::regnamespace, 'migration'::regnamespace) AND conrelid::regclass::text NOT LIKE '%flyway%'
                UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname IN ('realms', 'migration') AND tablename NOT LIKE 'flyway%'
                UNION ALL SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
                UNION ALL SELECT 'function ' || pg_get_functiondef(oid) FROM pg_proc
                WHERE pronamespace IN ('realms'::regnamespace, 'migration'::regnamespace)
                UNION ALL SELECT 'policy ' || tablename || ' ' || policyname || ' ' || qual FROM pg_policies
                UNION ALL SELECT 'privileges ' || relname || ' ' || coalesce(relacl::text, '') FROM pg_class
                WHERE relnamespace = 'realms'::regnamespace AND relkind = 'r' AND relname NOT LIKE 'flyway%'
                ORDER BY 1
                """);
    }

    private static void refuses(String constraint, String sql) {
        assertThatThrownBy(() -> inRolledBack(sql))
                .isInstanceOfSatisfying(
                        PSQLException.class,
                        refusal -> assertThat(refusal.getServerErrorMessage().getConstraint())
                                .isEqualTo(constraint));
    }

    private static void inRolledBack(String sql) throws SQLException {
        try (Connection connection = contracted.database().getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(sql);
            statement.execute("SET CONSTRAINTS ALL IMMEDIATE");
            connection.rollback();
        }
    }
}
