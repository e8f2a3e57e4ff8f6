package dev.realms.realm.isolation.probe;

import dev.realms.realm.isolation.RealmTables;
import dev.realms.realm.isolation.probe.IsolationVerdict.IsolationFinding;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What a contracted database lacks to keep realms apart by itself. Asked through the runtime role's own connections. */
final class TableFindings {

    // What the runtime role can't reach is somebody else's table. A superuser reaches partitions, too, which is a
    // finding of its own.
    private static final String OWNED = """
            WITH owned AS (
              SELECT c.oid, relname, attnum AS realm, attnotnull, relrowsecurity
              FROM pg_class AS c JOIN pg_attribute ON attrelid = c.oid AND attname = 'realm_id' AND NOT attisdropped
              WHERE relnamespace = to_regnamespace('realms') AND relkind IN ('r', 'p')
                AND NOT (relispartition AND (SELECT rolsuper FROM pg_roles WHERE rolname = current_user))
                AND (has_any_column_privilege(c.oid, 'SELECT, INSERT, UPDATE') OR has_table_privilege(c.oid, 'DELETE')))
            """;

    // How pg_get_expr sets spaces and parentheses differs; the words and their order say it all.
    private static final String BOUND = OWNED + """
            , bound AS (
              SELECT oid, relname, relrowsecurity, 'realm_id=SELECTrealms.open_realm_idASopen_realm_id' AS rule FROM owned
              UNION ALL
              SELECT oid, relname, relrowsecurity, 'user_id=SELECTrealms.open_user_idASopen_user_id' FROM pg_class
              WHERE relnamespace = to_regnamespace('realms') AND relname IN (%s))
            """.formatted(RealmTables.literals(RealmTables.OF_USERS));

    private static final String ROW_LEVEL_SECURITY = BOUND + """
            SELECT 'row-level-security', relname, format('Row-level security is off on table %s.', relname)
            FROM bound WHERE NOT relrowsecurity
            """;

    private static final String POLICIES = BOUND + """
            , said AS (
              SELECT polrelid, polcmd::text AS command, translate(pg_get_expr(polqual, polrelid), E' \\n\\t()', '') AS sees,
                     translate(pg_get_expr(polwithcheck, polrelid), E' \\n\\t()', '') AS writes
              FROM pg_policy
              WHERE polpermissive AND (0 = ANY (polroles) OR EXISTS (
                SELECT FROM unnest(polroles) AS role WHERE role <> 0 AND pg_has_role(role, 'MEMBER'))))
            SELECT 'policy', relname,
                   format('Table %s does not have exactly the one policy, for all commands, that binds the runtime role.', relname)
            FROM bound LEFT JOIN said ON polrelid = oid
            GROUP BY relname, rule
            HAVING count(command) <> 1 OR min(command) <> '*' OR min(sees) IS DISTINCT FROM rule
                OR coalesce(min(writes), rule) <> rule
            """;

    private static final String COLUMNS_AND_KEYS = OWNED + """
            SELECT 'not-null', relname, format('Column realm_id of table %%s may be NULL.', relname) FROM owned WHERE NOT attnotnull
            UNION ALL
            SELECT 'primary-key', relname, format('The primary key of table %%s is not (realm_id, id), or of events (realm_id, created_at, id).', relname)
            FROM owned WHERE NOT EXISTS (
              SELECT FROM pg_constraint
              WHERE conrelid = owned.oid AND contype = 'p'
                AND pg_get_constraintdef(oid) = CASE relname WHEN '%s' THEN 'PRIMARY KEY (realm_id, created_at, id)' ELSE 'PRIMARY KEY (realm_id, id)' END)
            """.formatted(RealmTables.EVENTS);

    /** A foreign key holds when it has been asked of every row and its triggers have not been switched off. */
    private static final String HOLDING = OWNED + """
            , holding AS (
              SELECT * FROM pg_constraint AS k
              WHERE contype = 'f' AND convalidated
                AND NOT EXISTS (SELECT FROM pg_trigger WHERE tgconstraint = k.oid AND tgenabled = 'D'))
            """;

    private static final String OWNERS = HOLDING + """
            SELECT 'realm-key', relname,
                   format('Table %%s has no foreign key that keeps its rows in realms of their users, active ones but for events.', relname)
            FROM owned WHERE NOT EXISTS (
              SELECT FROM holding
              WHERE conrelid = owned.oid AND starts_with(pg_get_constraintdef(oid),
                    CASE relname WHEN '%s' THEN 'FOREIGN KEY (realm_id, user_id) REFERENCES realms.realms(id, user_id)'
                                 ELSE 'FOREIGN KEY (realm_id, user_id, realm_kept) REFERENCES realms.realms(id, user_id, is_kept)' END))
            """.formatted(RealmTables.EVENTS);

    // What looks like a reference has to be one: a key that was dropped leaves no other trace. One that leads elsewhere
    // says so whether old rows were asked or not.
    private static final String REFERENCES = HOLDING + """
            , carrying AS (
              SELECT k.oid, conrelid, conkey
              FROM holding AS k JOIN owned AS mine ON mine.oid = conrelid JOIN owned AS other ON other.oid = confrelid
              WHERE (mine.realm, other.realm) IN (SELECT * FROM unnest(conkey, confkey)))
            SELECT 'reference', relname || '.' || conname, format('Foreign key %s of table %s does not carry the realm.', conname, relname)
            FROM pg_constraint AS k JOIN owned ON owned.oid = conrelid
            WHERE contype = 'f' AND confrelid IN (SELECT oid FROM owned) AND k.oid NOT IN (SELECT oid FROM carrying)
            UNION ALL
            SELECT 'reference', relname || '.' || attname, format('Column %s of table %s has no foreign key that carries the realm.', attname, relname)
            FROM owned JOIN pg_attribute ON attrelid = owned.oid AND NOT attisdropped
            WHERE (relname || '.' || attname IN ('databases.server_id', 'documents.database_id', 'jobs.document_id')
                   OR attname LIKE '%\\_id' AND atttypid = 'uuid'::regtype AND NOT EXISTS (
                     SELECT FROM pg_constraint WHERE contype = 'f' AND conrelid = owned.oid AND conkey = ARRAY[attnum] AND confrelid NOT IN (SELECT oid FROM owned)))
              AND attname NOT IN ('realm_id', 'user_id')
              AND NOT EXISTS (SELECT FROM carrying WHERE conrelid = owned.oid AND attnum = ANY (conkey))
            """;

    // Ours come with the contract; before it, row-level security is somebody else's.
    private static final String FOREIGN_POLICIES = """
            SELECT 'row-level-security-of-others', relname,
                   format('Table %%s has row-level security that is not ours: the runtime role finds nothing there, or other rows than it should.', relname)
            FROM pg_class AS c
            WHERE relnamespace = to_regnamespace('realms') AND row_security_active(c.oid)
              AND relname IN (%s)
              AND NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = c.oid AND polname IN (relname || '_of_open_realm', relname || '_of_user'))
            """.formatted(RealmTables.literals(RealmTables.PRE_REALM));

    private TableFindings() {}

    static List<IsolationFinding> of(Connection runtime) throws SQLException {
        return IsolationFindings.ask(
                runtime,
                ROW_LEVEL_SECURITY,
                POLICIES,
                COLUMNS_AND_KEYS,
                OWNERS,
                REFERENCES,
                RowSecurityBypasses.of(RowSecurityBypasses.RUNTIME, "to_regnamespace('realms')"));
    }

    /** Of a database in which rows are still to be moved. */
    static List<IsolationFinding> beforeContract(Connection runtime) throws SQLException {
        return IsolationFindings.ask(runtime, FOREIGN_POLICIES);
    }
}
