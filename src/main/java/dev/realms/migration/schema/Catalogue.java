package dev.realms.migration.schema;

import dev.realms.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The questions about a database that its system catalogue answers. */
final class Catalogue {

    /** Flyway's history of {@code db/expand}. */
    static final String HISTORY = "flyway_schema_history";

    /** What Flyway's history says of a pre-realm database that was adopted. */
    static final String BASELINE_DESCRIPTION = "the pre-realm schema, as found";

    // Tables that came with an extension are nobody's data.
    private static final String TABLES_IN_PUBLIC = """
            SELECT relname FROM pg_class c
            WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = 'public') AND relkind IN ('r', 'p')
              AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e')
            """;

    private static final String COLUMNS = """
            SELECT 'column ' || relname || '.' || attname || ' ' || format_type(atttypid, atttypmod)
                   || CASE WHEN attnotnull THEN ' not null' ELSE '' END
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
            WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = 'public') AND relname = ANY (?)
              AND attnum > 0 AND NOT attisdropped
            ORDER BY relname, attnum
            """;

    // Constraint type n, "not null", is listed from PostgreSQL 18 on and says what the column's line says.
    private static final String CONSTRAINTS = """
            SELECT 'constraint ' || relname || '.' || conname || ' '
                   || replace(pg_get_constraintdef(k.oid), 'REFERENCES public.', 'REFERENCES ')
            FROM pg_constraint k JOIN pg_class c ON c.oid = conrelid
            WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = 'public') AND relname = ANY (?)
              AND contype IN ('p', 'u', 'f', 'c')
            ORDER BY relname, conname
            """;

    // Triggers and block numbers of a table say nothing of its parts.
    private static final String IN_PARTS = """
            SELECT 'table ' || relname || ' with partitions, children or parents' FROM pg_class c
            WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = 'public') AND relname = ANY (?)
              AND (relkind = 'p' OR EXISTS (SELECT FROM pg_inherits WHERE c.oid IN (inhrelid, inhparent)))
            ORDER BY relname
            """;

    private static final String COMPARED_LOOSELY = """
            SELECT format('column %s.%s with the collation %s, by which different texts are equal', relname, attname, collname)
            FROM pg_attribute JOIN pg_class AS c ON c.oid = attrelid JOIN pg_collation AS l ON l.oid = attcollation
            WHERE relnamespace = 'public'::regnamespace AND relname = ANY (?) AND attnum > 0 AND NOT attisdropped AND NOT collisdeterministic
            ORDER BY relname, attnum
            """;

    private static final String OWNED_BY_ANOTHER = """
            SELECT 'its table ' || relname || ' belongs to the role ' || pg_get_userbyid(relowner) || ', which '
                   || current_user || ' may not act as'
            FROM pg_class WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = 'public')
              AND relname = ANY (?) AND NOT pg_has_role(relowner, 'USAGE')
            ORDER BY relname
            """;

    private final Connection connection;

    Catalogue(Connection connection) {
        this.connection = connection;
    }

    boolean hasTable(String schema, String table) throws SQLException {
        return !Sql.texts(
                        connection,
                        "SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
                                + " WHERE nspname = ? AND relname = ?",
                        schema,
                        table)
                .isEmpty();
    }

    boolean hasSchema(String schema) throws SQLException {
        return !Sql.texts(connection, "SELECT nspname FROM pg_namespace WHERE nspname = ?", schema)
                .isEmpty();
    }

    /** The tables of schema public, Flyway's history apart, in alphabetical order. */
    List<String> tablesInPublic() throws SQLException {
        return Sql.texts(connection, TABLES_IN_PUBLIC + " AND relname <> '" + HISTORY + "' ORDER BY relname");
    }

    /** The history holds steps, and the first is not ours. */
    boolean hasForeignHistory() throws SQLException {
        return hasTable("public", HISTORY)
                && !Sql.texts(
                                connection,
                                "SELECT description FROM public." + HISTORY
                                        + " WHERE installed_rank = (SELECT min(installed_rank) FROM public." + HISTORY
                                        + ")"
                                        + " AND description NOT IN ('pre realm schema', ?)",
                                BASELINE_DESCRIPTION)
                        .isEmpty();
    }

    /** What has run of a stage, in the order in which it ran. */
    List<String> scripts(Stage stage) throws SQLException {
        return hasTable("public", stage.history())
                ? Sql.texts(
                        connection,
                        "SELECT script FROM public." + stage.history() + " WHERE type = 'SQL' ORDER BY installed_rank")
                : List.of();
    }

    /** Columns, constraints and tables in parts, one line each. */
    List<String> lines(List<String> tables) throws SQLException {
        List<String> lines = Sql.texts(connection, COLUMNS, (Object) tables.toArray(String[]::new));
        lines.addAll(Sql.texts(connection, CONSTRAINTS, (Object) tables.toArray(String[]::new)));
        lines.addAll(Sql.texts(connection, IN_PARTS, (Object) tables.toArray(String[]::new)));
        return lines;
    }

    /** A column of text by whose collation different texts are equal, so that one person could be another, or one key. */
    Optional<String> comparedLoosely(List<String> tables) throws SQLException {
        return Sql.texts(connection, COMPARED_LOOSELY, (Object) tables.toArray(String[]::new)).stream()
                .findFirst();
    }

    /** A table that the connected role may not alter. */
    Optional<String> ownedByAnother(List<String> tables) throws SQLException {
        return Sql.texts(connection, OWNED_BY_ANOTHER, (Object) tables.toArray(String[]::new)).stream()
                .findFirst();
    }
}
