package dev.realms.migration.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.migration.control.PlainMigration;
import dev.realms.testing.oldapplication.OldApplicationShape;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every table is declared here as a realm's, a user's or nobody's, and held to what its kind has to keep. A new table fails until
 * it is declared. Asked of a database that was migrated and of one that was empty.
 */
@DatabaseTest
class TablesTest {

    /** What a table's rows belong to. */
    private enum Kind {
        /** Seen and changed only where the realm is open. */
        OWNED,
        /** Seen only where the realm is open, and changed by nobody; by months. */
        EVENTS,
        /** Seen and changed only in the user's name. */
        OF_A_USER,
        /** Everybody's. */
        GLOBAL,
        /** The owner's books, which the runtime role can't reach. */
        BOOKS,
        /** The pre-realm application's, which go past row-level security. */
        OF_THE_OLD_APPLICATION
    }

    private static final Map<String, Kind> DECLARED = Map.ofEntries(
            Map.entry("realms.database_servers", Kind.OWNED),
            Map.entry("realms.databases", Kind.OWNED),
            Map.entry("realms.documents", Kind.OWNED),
            Map.entry("realms.jobs", Kind.OWNED),
            Map.entry("realms.api_keys", Kind.OWNED),
            Map.entry("realms.realm_events", Kind.EVENTS),
            Map.entry("realms.realms", Kind.OF_A_USER),
            Map.entry("realms.user_settings", Kind.OF_A_USER),
            Map.entry("realms.idempotent_requests", Kind.OF_A_USER),
            Map.entry("realms.users", Kind.GLOBAL),
            Map.entry("migration.secret_keys", Kind.BOOKS),
            Map.entry("migration.origin", Kind.BOOKS),
            Map.entry("migration.flyway_books", Kind.BOOKS),
            Map.entry("migration.flyway_tables", Kind.BOOKS),
            Map.entry("migration.flyway_take_over", Kind.BOOKS),
            Map.entry("migration.flyway_expand", Kind.BOOKS),
            Map.entry("migration.flyway_contract", Kind.BOOKS),
            Map.entry("migration.flyway_finalize", Kind.BOOKS),
            Map.entry("migration.state", Kind.BOOKS),
            Map.entry("migration.moves", Kind.BOOKS),
            Map.entry("migration.progress", Kind.BOOKS),
            Map.entry("migration.baseline", Kind.BOOKS),
            Map.entry("migration.changes", Kind.BOOKS),
            Map.entry("migration.answers", Kind.BOOKS),
            Map.entry("migration.ledger", Kind.BOOKS),
            Map.entry("migration.suspended_triggers", Kind.BOOKS),
            Map.entry("migration.reports", Kind.BOOKS),
            Map.entry("migration.runs", Kind.BOOKS),
            Map.entry("migration.failed_chunks", Kind.BOOKS),
            Map.entry("migration.limits", Kind.BOOKS),
            Map.entry("migration.vitals", Kind.BOOKS),
            Map.entry("migration.idempotent_acts", Kind.BOOKS),
            Map.entry("migration.going_back", Kind.BOOKS),
            Map.entry("migration.as_it_was", Kind.BOOKS),
            Map.entry("migration.audit_log", Kind.BOOKS),
            Map.entry("realms_doors.persons", Kind.BOOKS),
            Map.entry("public.users", Kind.OF_THE_OLD_APPLICATION),
            Map.entry("public.user_settings", Kind.OF_THE_OLD_APPLICATION),
            Map.entry("public.database_servers", Kind.OF_THE_OLD_APPLICATION),
            Map.entry("public.databases", Kind.OF_THE_OLD_APPLICATION),
            Map.entry("public.documents", Kind.OF_THE_OLD_APPLICATION),
            Map.entry("public.jobs", Kind.OF_THE_OLD_APPLICATION),
            Map.entry("public.api_keys", Kind.OF_THE_OLD_APPLICATION));

    /** The runtime role's ways past row-level security: each answers one narrow question; {@code [uuid]} is the type of ids. */
    private static final List<String> DOORS = List.of(
            "enter_user([uuid])",
            "find_api_key(text)",
            "forget_idempotent_requests()",
            "move_rows(uuid,boolean,[uuid][],text[],text[],[uuid][],[uuid][],[uuid],boolean,boolean,boolean)",
            "note_denied_key([uuid],uuid,text,text)",
            "note_transfer(text,jsonb,[uuid])",
            "open_realm(uuid,[uuid])",
            "open_realm(uuid,[uuid],text)",
            "realm_holds_rows(uuid)",
            "realms_doors.admit_administrator(text,text,text,text)",
            "realms_doors.bind_by_email(text,text,text,boolean)",
            "realms_doors.bind_person(text,text,[uuid])",
            "realms_doors.find_person(text,text)",
            "realms_doors.find_user([uuid])",
            "realms_doors.has_realms()",
            "taken_ids(text,text[])",
            "touch_api_key([uuid],uuid,text)");

    private enum Origin {
        ADOPTED,
        EMPTY
    }

    private static final Map<Origin, TestSql> DATABASES = new EnumMap<>(Origin.class);

    @BeforeAll
    static void contract() throws Exception {
        DataSource adopted = FreshDatabases.expanded(
                "INSERT INTO users (name, email) VALUES ('Anna', 'anna@example.com'), ('Bert', 'bert@example.com')");
        assertThat(new PlainMigration(adopted).run().passed()).isTrue();
        DATABASES.put(Origin.ADOPTED, new TestSql(adopted));
        DataSource empty = FreshDatabases.finalized();
        DATABASES.put(Origin.EMPTY, new TestSql(empty));
    }

    @ParameterizedTest
    @EnumSource
    void everyTableIsDeclared(Origin origin) throws Exception {
        assertThat(tablesWhere(origin, "true")).isSubsetOf(DECLARED.keySet());
    }

    @ParameterizedTest
    @EnumSource
    void theColumnsSayTheSameAsTheDeclaration(Origin origin) throws Exception {
        assertThat(tablesWhere(origin, hasColumn("realm_id")))
                .isEqualTo(new TreeSet<>(declared(Kind.OWNED, Kind.EVENTS)));
        assertThat(tablesWhere(
                        origin, "relkind = 'r' AND " + hasColumn("user_id") + " AND NOT " + hasColumn("realm_id")))
                .isEqualTo(new TreeSet<>(declared(Kind.OF_A_USER)));
    }

    @ParameterizedTest
    @EnumSource
    void theOwnerIsNoSuperuserAndStillSeesEveryRow(Origin origin) throws Exception {
        TestSql database = DATABASES.get(origin);

        assertThat(database.ask("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"))
                .containsExactly("f");
        assertThat(tablesWhere(origin, "relowner <> current_user::regrole OR relforcerowsecurity"))
                .isEmpty();
        assertThat(database.ask("SELECT (SELECT count(*) FROM realms) = (SELECT count(*) FROM users)"))
                .containsExactly("t");
    }

    @ParameterizedTest
    @EnumSource
    void everyOwnedRowHasARealmThatIsActiveAndItsUsers(Origin origin) throws Exception {
        // An id that changes takes along what refers to it, where it did so before.
        String onUpdate = shape(origin) == OldApplicationShape.PRISMA ? " ON UPDATE CASCADE" : "";
        for (String table : declared(Kind.OWNED)) {
            assertThat(ask(origin, table, """
                    SELECT attname || ' ' || attnotnull || ' ' || coalesce(pg_get_expr(adbin, adrelid), '')
                    FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
                    WHERE attrelid = '%s'::regclass AND attname IN ('realm_id', 'user_id', 'realm_kept')"""))
                    .as(table)
                    .containsExactlyInAnyOrder("realm_id true ", "user_id true ", "realm_kept true true");
            assertThat(constraints(origin, table, "c")).as(table).contains("CHECK (realm_kept)");
            assertThat(constraints(origin, table, "f"))
                    .as(table)
                    .contains(
                            "FOREIGN KEY (user_id) REFERENCES users(id)" + onUpdate + " ON DELETE CASCADE",
                            "FOREIGN KEY (realm_id, user_id, realm_kept) REFERENCES realms(id, user_id, is_kept)"
                                    + onUpdate + " ON DELETE CASCADE DEFERRABLE");
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyKeyOfAnOwnedTableCarriesTheRealm(Origin origin) throws Exception {
        for (String table : declared(Kind.OWNED)) {
            assertThat(constraints(origin, table, "p")).as(table).containsExactly("PRIMARY KEY (realm_id, id)");
            assertThat(ask(origin, table, """
                    SELECT pg_get_indexdef(indexrelid) FROM pg_index
                    WHERE indrelid = '%1$s'::regclass AND indisunique
                      AND (SELECT attnum FROM pg_attribute WHERE attrelid = '%1$s'::regclass AND attname = 'realm_id')
                          <> ALL ((indkey::int2[])[0:indnkeyatts - 1])
                      -- What the pre-realm application works by, until the finalization.
                      AND NOT (pg_get_indexdef(indexrelid) ~ ' [(](id|key|pre_realm_name, user_id)[)]$' AND (SELECT state <> 'finalized' FROM migration.state))"""))
                    .as("unique indexes of %s without the realm", table)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyReferenceToAnOwnedTableCarriesTheRealm(Origin origin) throws Exception {
        for (String table : declared(Kind.OWNED)) {
            assertThat(ask(origin, table, """
                    SELECT conname FROM pg_constraint AS k
                    WHERE confrelid = '%1$s'::regclass AND NOT EXISTS (
                      SELECT FROM unnest(conkey, confkey) AS pair (here, there)
                      JOIN pg_attribute AS h ON h.attrelid = conrelid AND h.attnum = here
                      JOIN pg_attribute AS t ON t.attrelid = confrelid AND t.attnum = there
                      WHERE h.attname = 'realm_id' AND t.attname = 'realm_id')"""))
                    .as("references to %s without the realm", table)
                    .isEmpty();
            assertThat(ask(origin, table, """
                    SELECT attname FROM pg_attribute AS a
                    WHERE attrelid = '%1$s'::regclass AND NOT attisdropped AND attname LIKE '%%\\_id' AND NOT EXISTS (
                      SELECT FROM pg_constraint WHERE contype = 'f' AND conrelid = a.attrelid AND attnum = ANY (conkey))"""))
                    .as("columns of %s that look like references and are none", table)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyTableIsClosedUntilItsRealmOrUserIsKnown(Origin origin) throws Exception {
        assertThat(tablesWhere(origin, "relrowsecurity"))
                .isEqualTo(new TreeSet<>(tablesOf(origin, Kind.OWNED, Kind.EVENTS, Kind.OF_A_USER)));
        for (String table : tablesOf(origin, Kind.OWNED, Kind.EVENTS, Kind.OF_A_USER)) {
            String closed = DECLARED.get(table) == Kind.OF_A_USER ? "user" : "realm";
            assertThat(ask(
                            origin,
                            table,
                            "SELECT concat_ws(' ', permissive, roles, cmd, qual, with_check) FROM pg_policies"
                                    + " WHERE format('%%s.%%s', schemaname, tablename) = '%s'"))
                    .as(table)
                    .containsExactly("PERMISSIVE {public} ALL (%1$s_id = ( SELECT open_%1$s_id() AS open_%1$s_id))"
                            .formatted(closed));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theRuntimeRoleMayDoNoMoreThanItNeeds(Origin origin) throws Exception {
        for (String table : tablesOf(origin, Kind.values())) {
            assertThat(ask(origin, table, """
                    SELECT string_agg(privilege, ' ' ORDER BY privilege)
                    FROM unnest('{SELECT,INSERT,UPDATE,DELETE,TRUNCATE,TRIGGER,REFERENCES}'::text[]) AS privilege
                    WHERE has_table_privilege('realms_app', '%s', privilege)""")).as(table).containsExactly(privileges(table));
        }
        assertThat(DATABASES
                        .get(origin)
                        .ask("SELECT nspname FROM pg_namespace WHERE has_schema_privilege('realms_app', oid, 'CREATE')"
                                + " OR (nspname = 'migration' AND has_schema_privilege('realms_app', oid, 'USAGE'))"))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theDoorsAreNarrow(Origin origin) throws Exception {
        String runAsOwner =
                "SELECT oid::regprocedure::text FROM pg_proc WHERE prosecdef AND prorettype <> 'trigger'::regtype AND ";

        assertThat(DATABASES
                        .get(origin)
                        .ask(runAsOwner + "has_function_privilege('realms_app', oid, 'EXECUTE') ORDER BY 1"))
                .containsExactlyElementsOf(
                        DOORS.stream().map(shape(origin)::named).toList());
        assertThat(DATABASES.get(origin).ask(runAsOwner + "has_function_privilege('public', oid, 'EXECUTE')"))
                .isEmpty();
        assertThat(DATABASES
                        .get(origin)
                        .ask("SELECT oid::regprocedure FROM pg_proc WHERE prosecdef AND NOT coalesce(proconfig::text ~"
                                + " 'search_path=(realms|migration|pg_catalog), pg_temp\"', false)"))
                .as("functions that run as the owner and can be made to call something else")
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aMonthOfEventsIsNoWayAroundTheWhole(Origin origin) throws Exception {
        assertThat(DATABASES
                        .get(origin)
                        .ask("SELECT count(*) > 2 FROM pg_class WHERE relispartition AND relkind = 'r'"))
                .containsExactly("t");
        assertThat(DATABASES.get(origin).ask("""
                SELECT relname FROM pg_class
                WHERE relispartition AND relkind = 'r'
                  AND (relowner <> current_user::regrole OR EXISTS (SELECT FROM aclexplode(relacl) WHERE grantee <> relowner))""")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyEventHasARealmThatIsItsUsers(Origin origin) throws Exception {
        assertThat(constraints(origin, "realms.realm_events", "p"))
                .containsExactly("PRIMARY KEY (realm_id, created_at, id)");
        assertThat(constraints(origin, "realms.realm_events", "f"))
                .containsExactly(
                        "FOREIGN KEY (realm_id, user_id) REFERENCES realms(id, user_id) ON UPDATE CASCADE ON DELETE CASCADE");
    }

    @ParameterizedTest
    @EnumSource
    void everyConstraintIsNamedForWhatItSays(Origin origin) throws Exception {
        assertThat(DATABASES.get(origin).ask("""
                SELECT conrelid::regclass || ' ' || conname FROM pg_constraint JOIN pg_class AS c ON c.oid = conrelid
                WHERE connamespace IN ('realms'::regnamespace, 'migration'::regnamespace) AND contype <> 'n'
                  AND relname NOT LIKE 'flyway%' AND NOT relispartition
                  AND (conname !~ ('^(' || relname || '|users)_.+_(check|key|fkey)$') AND conname <> relname || '_pkey'
                       OR conname = relname || '_check' OR NOT convalidated)""")).isEmpty();
    }

    /** A new database is written down as we write. */
    private static OldApplicationShape shape(Origin origin) {
        return origin == Origin.ADOPTED ? OldApplicationShape.CHOSEN : OldApplicationShape.SNAKE_CASE;
    }

    private static String privileges(String table) {
        return switch (DECLARED.get(table)) {
            case BOOKS, OF_THE_OLD_APPLICATION -> null;
            case EVENTS -> "SELECT";
            case OWNED, GLOBAL, OF_A_USER ->
                table.equals("realms.realms") ? "INSERT SELECT UPDATE" : "DELETE INSERT SELECT UPDATE";
        };
    }

    private static TreeSet<String> tablesWhere(Origin origin, String condition) throws SQLException {
        return new TreeSet<>(DATABASES.get(origin).ask("""
                SELECT relnamespace::regnamespace || '.' || relname FROM pg_class AS c
                WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT relispartition AND relnamespace::regnamespace::text !~ '^(pg_|information_schema)' AND\s""" + "(" + condition + ")"));
    }

    private static List<String> tablesOf(Origin origin, Kind... kinds) throws SQLException {
        return tablesWhere(origin, "true").stream()
                .filter(table -> Arrays.asList(kinds).contains(DECLARED.get(table)))
                .toList();
    }

    private static List<String> declared(Kind... kinds) {
        return DECLARED.keySet().stream()
                .filter(table -> Arrays.asList(kinds).contains(DECLARED.get(table)))
                .toList();
    }

    private static String hasColumn(String name) {
        return "EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND NOT attisdropped AND attname = '%s')"
                .formatted(name);
    }

    private static List<String> constraints(Origin origin, String table, String type) throws SQLException {
        return ask(
                origin,
                table,
                "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = '%s'::regclass AND contype = '"
                        + type + "'");
    }

    private static List<String> ask(Origin origin, String table, String sql) throws SQLException {
        return DATABASES.get(origin).ask(sql.formatted(table));
    }
}
