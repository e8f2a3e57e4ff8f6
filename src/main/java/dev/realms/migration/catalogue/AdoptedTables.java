package dev.realms.migration.catalogue;

import dev.realms.realm.isolation.RealmTables;
import dev.realms.sql.TextResource;
import java.util.List;

/** The pre-realm tables wherever they lie, and the names of ours, as pieces of the questions' SQL. */
final class AdoptedTables {

    private static final String NAMES = RealmTables.literals(RealmTables.PRE_REALM);

    /** Where the tables lie, in a schema of the installation's before the take-over and in ours after it: nowhere else are all of them. */
    private static final String NAMESPACES = """
            (SELECT relnamespace FROM pg_class WHERE relkind IN (%s) AND relname IN (%s) GROUP BY relnamespace HAVING count(*) = %d)""";

    /** Where nothing but our own things are; taken as long as they are somebody else's. */
    private static final String SCHEMAS_OF_OURS = "'realms', 'realms_archive', 'realms_doors', 'migration'";

    /** Whether something of ours is there that could be found. */
    private static final String EXPANDED = "(to_regclass('migration.state') IS NOT NULL)";

    private static final List<String> OURS = TextResource.lines("db/names-of-ours.txt");

    private static final String OUR_NAME = "lower(regexp_replace(attname, '([A-Z])', '_\\1', 'g'))";

    /** Whether a column is one of those that the pre-realm tables have, whichever way it is written. */
    private static final String IS_KNOWN = "relname || '.' || " + OUR_NAME + " IN ("
            + RealmTables.literals(named(TextResource.lines("db/shapes/snake_case.txt"), "column")) + ")";

    private static final String TABLES = "(SELECT * FROM pg_class WHERE relnamespace IN " + namespaces("'r', 'p'")
            + " AND relkind IN ('r', 'p') AND relname IN (" + NAMES + "))";

    /** Columns that the take-over renames. Two are two columns until the finalization. */
    private static final String RENAMED = """
            (SELECT attrelid, attnum, attname, CASE WHEN attname ~ '[A-Z]' AND attname <> 'documentCount' THEN '' ELSE 'pre_realm_' END || %s AS new_name
             FROM pg_attribute JOIN %s AS c ON c.oid = attrelid
             WHERE NOT attisdropped AND (attname ~ '[A-Z]' AND %s OR relname || '.' || attname IN ('databases.name', 'databases.document_count')))""".formatted(OUR_NAME, TABLES, IS_KNOWN);

    /** Those of the installation that are not off, with what their functions do: as it is written, and without comments. */
    private static final String TRIGGERS = """
            (SELECT t.*, relname, relowner, prolang, prosecdef, proconfig, format('trigger %%I on %%I', tgname, relname) AS id,
                    regexp_replace(prosrc, '(''[^'']*'')|--[^\\n]*|/[*]([^*]|[*]+[^*/])*[*]+/', '\\1 ', 'g') AS code
             FROM pg_trigger AS t JOIN %s AS c ON c.oid = tgrelid JOIN pg_proc AS p ON p.oid = tgfoid JOIN pg_namespace AS f ON f.oid = pronamespace
             WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') AND NOT (%s AND nspname IN (%s)))""".formatted(TABLES, EXPANDED, SCHEMAS_OF_OURS);

    /** Whether row-level security does not bind a role, by its oid. */
    private static final String UNBOUND =
            "(SELECT rolsuper OR rolbypassrls OR pg_has_role(oid, c.relowner, 'USAGE') FROM pg_roles WHERE oid = $1)";

    private AdoptedTables() {}

    /** With all the pieces in their places. */
    static String query(String sql, String appUser) {
        return sql.replaceAll("\\{unbound ([a-z.]+)}", UNBOUND)
                .replace("{tables}", TABLES)
                .replace("{triggers}", TRIGGERS)
                .replace("{renamed columns}", RENAMED)
                .replace("{schemas of tables or views}", namespaces("'r', 'p', 'v'"))
                .replace("{owned}", RealmTables.literals(RealmTables.OWNED))
                .replace("{known column}", IS_KNOWN)
                .replace("{our schemas}", SCHEMAS_OF_OURS)
                .replace("{our relations}", literals("relation"))
                .replace("{our columns}", literals("column"))
                .replace("{our variables}", literals("variable"))
                .replace("{our constraints}", literals("constraint"))
                .replace("{our triggers}", literals("trigger"))
                .replace("{expanded}", EXPANDED)
                .replace("{runtime}", "'" + appUser.replace("'", "''") + "'");
    }

    private static String namespaces(String kinds) {
        return NAMESPACES.formatted(kinds, NAMES, RealmTables.PRE_REALM.size());
    }

    private static String literals(String kind) {
        return RealmTables.literals(named(OURS, kind));
    }

    /** The names of a kind, in lines that begin with the kind and go on with the name. */
    private static List<String> named(List<String> lines, String kind) {
        return lines.stream()
                .map(line -> line.split(" "))
                .filter(words -> words[0].equals(kind))
                .map(words -> words[1])
                .toList();
    }
}
