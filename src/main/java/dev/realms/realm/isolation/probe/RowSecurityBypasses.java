package dev.realms.realm.isolation.probe;

import dev.realms.realm.isolation.RealmTables;

/**
 * What shows rows of realms past row-level security, because it reads them as a role that the policies do not bind: views, materialised
 * views, foreign tables and SECURITY DEFINER functions. What nobody in question has a privilege to use is none.
 */
public final class RowSecurityBypasses {

    /** Whoever may connect. */
    public static final String EVERYBODY = "VALUES (0::oid)";

    /** The runtime role, by whose connection this is asked, and whatever it could become; a superuser needs no way past anything. */
    static final String RUNTIME = "SELECT oid FROM pg_roles WHERE pg_has_role(oid, 'MEMBER')"
            + " AND NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)";

    // Below a view its owner reads, below one with security_invoker whoever reads the view; a materialised view holds a
    // copy (no reader).
    // A foreign table may lead back to where it is, for whom it has a user.
    // Of a function's source comments do not count, strings do (dynamic SQL); nor does a name after another schema's,
    // or one without a schema
    // where the function's search path does not lead to it.
    private static final String SQL = """
            WITH RECURSIVE who (oid) AS (%s),
            bound AS (
              SELECT c.oid, relname, relowner FROM pg_class AS c
              WHERE relnamespace = %s AND relkind IN ('r', 'p')
                AND (relname IN (%s)
                     OR EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'realm_id' AND NOT attisdropped))),
            unbound AS (
              SELECT r.oid FROM pg_roles AS r
              WHERE rolsuper OR rolbypassrls OR EXISTS (SELECT FROM bound WHERE pg_has_role(r.oid, relowner, 'USAGE'))),
            reads AS (
              SELECT DISTINCT ev_class AS view, refobjid AS relation
              FROM pg_rewrite AS r JOIN pg_depend AS d ON classid = 'pg_rewrite'::regclass AND objid = r.oid AND refclassid = 'pg_class'::regclass
              WHERE refobjid <> ev_class),
            definers AS (
              SELECT DISTINCT p.oid, proowner,
                     regexp_replace(regexp_replace(prosrc, '(''[^'']*''|"[^"]*")|--[^\\n]*|/[*]([^*]|[*]+[^*/])*[*]+/', '\\1 ', 'g'),
                                    '\\s*\\.\\s*', '.', 'g') AS source,
                     CASE WHEN prosrc !~* 'search_path' THEN (SELECT setting FROM unnest(proconfig) AS setting WHERE setting LIKE 'search\\_path=%%') END AS path
              FROM who, pg_proc AS p
              WHERE who.oid NOT IN (SELECT oid FROM unbound) AND prosecdef AND has_function_privilege(who.oid, p.oid, 'EXECUTE') AND has_schema_privilege(who.oid, pronamespace, 'USAGE')
                AND proowner IN (SELECT oid FROM unbound) AND prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype)
                AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = p.oid AND deptype = 'e')
                AND pronamespace IS DISTINCT FROM to_regnamespace('realms_doors')
                AND (pronamespace IS DISTINCT FROM to_regnamespace('realms')
                     OR proname NOT IN ('enter_user', 'open_realm', 'find_api_key', 'touch_api_key', 'note_denied_key', 'realm_holds_rows', 'forget_idempotent_requests', 'move_rows', 'taken_ids', 'note_transfer'))),
            askers AS (
              SELECT oid FROM who WHERE oid NOT IN (SELECT oid FROM unbound)
              UNION
              SELECT proowner FROM definers),
            reached (asker, first, relation, reader) AS (
              SELECT a.oid, c.oid, c.oid, a.oid FROM askers AS a, pg_class AS c
              WHERE relkind IN ('v', 'm', 'f') AND relnamespace <> 'pg_catalog'::regnamespace AND has_schema_privilege(a.oid, relnamespace, 'USAGE')
                AND (has_any_column_privilege(a.oid, c.oid, 'SELECT, INSERT, UPDATE') OR has_table_privilege(a.oid, c.oid, 'DELETE'))
              UNION
              SELECT asker, first, reads.relation,
                     CASE WHEN relkind = 'm' OR reader IS NULL THEN NULL
                          WHEN EXISTS (SELECT FROM pg_options_to_table(reloptions) WHERE option_name = 'security_invoker' AND option_value::boolean) THEN reader
                          ELSE relowner END
              FROM reached JOIN reads ON view = reached.relation JOIN pg_class AS c ON c.oid = view),
            past AS (
              SELECT asker, first FROM reached
              WHERE relation IN (SELECT oid FROM bound) AND (reader IS NULL OR reader IN (SELECT oid FROM unbound))),
            shown AS (
              SELECT proowner, c.oid, nspname, regexp_replace(relname, '(\\W)', '\\\\\\1', 'g') AS name
              FROM (SELECT proowner, bound.oid FROM definers, bound UNION SELECT asker, first FROM past) AS s
              JOIN pg_class AS c ON c.oid = s.oid JOIN pg_namespace AS n ON n.oid = relnamespace)
            SELECT DISTINCT 'view' AS reason, (SELECT format('%%I.%%I', nspname, relname) FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = relnamespace WHERE c.oid = first) AS id,
                   format('The %%s shows rows of realms past row-level security.', pg_describe_object('pg_class'::regclass, first, 0)) AS sentence
            FROM reached
            WHERE asker NOT IN (SELECT oid FROM unbound)
              AND ((asker, first) IN (SELECT asker, first FROM past)
                   OR EXISTS (SELECT FROM pg_foreign_table JOIN pg_user_mappings ON srvid = ftserver WHERE ftrelid = relation AND umuser IN (0, reader)))
            UNION ALL
            SELECT DISTINCT 'function', (SELECT format('%%I.%%I(%%s)', nspname, proname, oidvectortypes(proargtypes)) FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = pronamespace WHERE p.oid = f.oid),
                   format('The %%s reads rows of realms as a role that row-level security does not bind.', pg_describe_object('pg_proc'::regclass, f.oid, 0))
            FROM definers AS f JOIN shown USING (proowner)
            WHERE source ~* ('(\\m' || regexp_replace(nspname, '(\\W)', '\\\\\\1', 'g') || '"?\\."?|%%[0-9$]*[sI]\\."?)' || name || '\\M')
               OR source ~* ('(?<![\\w"]\\."?)\\m' || name || '\\M')
                  AND (path IS NULL OR path ~* ('\\m' || regexp_replace(nspname, '(\\W)', '\\\\\\1', 'g') || '\\M'))
               OR EXISTS (SELECT FROM pg_depend
                          WHERE classid = 'pg_proc'::regclass AND objid = f.oid AND refclassid = 'pg_class'::regclass AND refobjid = shown.oid)
            """;

    private RowSecurityBypasses() {}

    /**
     * @param roles a query for the oids of those in question
     * @param schema an expression for the schema in which the tables are
     * @return a query for reason, id and sentence
     */
    public static String of(String roles, String schema) {
        return SQL.formatted(
                roles,
                schema,
                RealmTables.literals(RealmTables.OWNED) + ", " + RealmTables.literals(RealmTables.OF_USERS));
    }
}
