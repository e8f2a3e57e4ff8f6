package dev.realms.migration.rollback;

import dev.realms.migration.schema.TestSql;
import java.sql.SQLException;
import java.util.List;

/**
 * All that a schema consists of, as lines; of what pg_dump writes nothing is missing. Like pg_dump, it leaves out the option
 * {@code pg_attver}, in which PostgreSQL from 15.20 on notes when a column was made.
 */
public final class SchemaDump {

    private static final String PUBLIC = """
            SELECT 'table ' || relname || ' ' || relkind::text || relpersistence::text || ' ' || pg_get_userbyid(relowner) || ' ' || reltablespace || ' '
                   || coalesce(reloptions::text, '') || relrowsecurity || relforcerowsecurity || relreplident::text
                   || ' ' || (SELECT string_agg(a::text, ' ' ORDER BY a::text) FROM unnest(coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner))) AS a)
            FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm', 'S', 'p', 'f') AND relname NOT LIKE 'flyway%'
            UNION ALL
            SELECT 'column ' || relname || ' ' || row_number() OVER (PARTITION BY attrelid ORDER BY attnum) || ' ' || attname || ' '
                   || format_type(atttypid, atttypmod) || ' ' || attnotnull || ' ' || coalesce(pg_get_expr(adbin, adrelid), '') || attidentity::text
                   || attgenerated::text || attstorage::text || ' ' || coalesce(attstattarget::text, '') || ' ' || coalesce(attacl::text, '')
                   || coalesce((SELECT string_agg(o, ' ') FROM unnest(attoptions) AS o WHERE o NOT LIKE 'pg_attver=%'), '')
            FROM pg_attribute JOIN pg_class c ON c.oid = attrelid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
            WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname NOT LIKE 'flyway%' AND attnum > 0 AND NOT attisdropped
            UNION ALL
            SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || contype::text || ' ' || pg_get_constraintdef(oid) || ' ' || convalidated
                   || condeferrable || condeferred
            FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text NOT LIKE 'flyway%'
            UNION ALL
            SELECT 'index ' || pg_get_indexdef(indexrelid) || ' ' || indisvalid || indisready || indisprimary || indisclustered || indisreplident
            FROM pg_index JOIN pg_class c ON c.oid = indexrelid
            WHERE relnamespace = 'public'::regnamespace AND relname NOT LIKE 'flyway%'
            UNION ALL
            SELECT 'trigger ' || pg_get_triggerdef(t.oid) || tgenabled::text FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid
            WHERE relnamespace = 'public'::regnamespace AND NOT tgisinternal
            UNION ALL
            SELECT 'policy ' || polname || ' ' || polrelid::regclass || coalesce(pg_get_expr(polqual, polrelid), '') || ' '
                   || coalesce(pg_get_expr(polwithcheck, polrelid), '') || polcmd::text || polpermissive || polroles::text FROM pg_policy
            UNION ALL
            SELECT 'comment ' || pg_describe_object(classoid, objoid, objsubid) || ' ' || description FROM pg_description
            WHERE classoid IN ('pg_class'::regclass, 'pg_constraint'::regclass) AND NOT EXISTS (SELECT FROM pg_class
              WHERE oid = objoid AND relnamespace IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace))
            UNION ALL
            SELECT 'extension ' || refobjid || ' of ' || pg_describe_object(classid, objid, objsubid) FROM pg_depend WHERE deptype = 'x'
            UNION ALL
            SELECT 'default privileges ' || defaclnamespace || defaclobjtype::text || defaclacl::text FROM pg_default_acl
            UNION ALL
            SELECT 'statistics ' || pg_get_statisticsobjdef(oid) FROM pg_statistic_ext
            UNION ALL
            SELECT 'function ' || pg_get_functiondef(oid) || coalesce(proacl::text, '') FROM pg_proc
            WHERE pronamespace = 'public'::regnamespace AND prokind <> 'a'
            UNION ALL
            SELECT 'schema ' || nspname || ' '
                   || (SELECT string_agg(a::text, ' ' ORDER BY a::text) FROM unnest(coalesce(nspacl, acldefault('n', nspowner))) AS a)
            FROM pg_namespace WHERE nspname = 'public'
            """;

    private static final String BOOKS = """
            UNION ALL
            SELECT 'book ' || relname || '.' || attname || ' ' || format_type(atttypid, atttypmod) FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
            WHERE relnamespace IN ('migration'::regnamespace, 'realms_doors'::regnamespace) AND attnum > 0 AND NOT attisdropped
            UNION ALL
            SELECT 'function ' || pg_get_functiondef(oid) || coalesce(proacl::text, '') FROM pg_proc
            WHERE pronamespace IN ('migration'::regnamespace, 'realms_doors'::regnamespace)
            UNION ALL
            SELECT 'history ' || version FROM migration.flyway_expand WHERE version IS NOT NULL
            """;

    private SchemaDump() {}

    /** Schema public without Flyway's history. */
    public static List<String> of(TestSql database) throws SQLException {
        return database.ask("SELECT line FROM (" + PUBLIC + ") AS s (line) ORDER BY 1");
    }

    /** With the books, and which scripts have run. */
    static List<String> all(TestSql database) throws SQLException {
        return database.ask("SELECT line FROM (" + PUBLIC + BOOKS + ") AS s (line) ORDER BY 1");
    }
}
