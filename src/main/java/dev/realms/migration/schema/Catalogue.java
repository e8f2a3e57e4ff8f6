package dev.realms.migration.schema;

import dev.realms.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The questions about a database that its system catalogue answers. */
final class Catalogue {

    /** The schema of the migration's own books. */
    static final String BOOKS = "migration";

    // What came with an extension is nobody's data.
    private static final String TABLES = """
            SELECT relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = relnamespace
            WHERE relkind IN ('r', 'p') AND nspname <> 'information_schema' AND nspname !~ '^pg_' AND nspname <> 'migration'
              AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e')
            ORDER BY relname
            """;

    private static final String SCHEMAS = """
            SELECT nspname FROM pg_class JOIN pg_namespace AS n ON n.oid = relnamespace
            WHERE relkind IN ('r', 'p') AND nspname !~ '^pg_' AND relname = ANY (?)
            GROUP BY nspname HAVING count(*) = cardinality(?) ORDER BY nspname
            """;

    private static final String WITH = """
            WITH tables AS (
              SELECT c.oid, relname, relkind FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = relnamespace
              WHERE nspname = ? AND relname = ANY (?))
            """;

    // An enum type is what its values are.
    private static final String COLUMNS = WITH + """
            SELECT 'column ' || relname || '.' || attname || ' '
                   || CASE WHEN typtype = 'e' THEN 'enum of ' || (SELECT string_agg(enumlabel, ', ' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = atttypid)
                           ELSE format_type(atttypid, atttypmod) END
                   || CASE WHEN attnotnull THEN ' not null' ELSE '' END
            FROM tables JOIN pg_attribute ON attrelid = tables.oid JOIN pg_type AS y ON y.oid = atttypid
            WHERE attnum > 0 AND NOT attisdropped
            ORDER BY relname, attnum
            """;

    // Constraint type n, "not null", is listed from PostgreSQL 18 on and says what the column's line says.
    private static final String CONSTRAINTS = WITH + """
            SELECT 'constraint ' || relname || '.' || conname || ' ' || regexp_replace(pg_get_constraintdef(k.oid), 'REFERENCES .*?(\\w+\\()', 'REFERENCES \\1')
            FROM tables JOIN pg_constraint AS k ON conrelid = tables.oid
            WHERE contype IN ('p', 'u', 'f', 'c')
            ORDER BY relname, conname
            """;

    private static final String UNIQUE_INDEXES = WITH + """
            SELECT 'index ' || tables.relname || '.' || i.relname || ' ' || regexp_replace(pg_get_indexdef(i.oid), '^.*? USING (.*?)( WITH [(].*?[)])?( WHERE .*)?$', '\\1\\3')
            FROM tables JOIN pg_index ON indrelid = tables.oid JOIN pg_class AS i ON i.oid = indexrelid
            WHERE indisunique AND indisvalid AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.oid AND contype IN ('p', 'u'))
            ORDER BY i.relname
            """;

    // Triggers and block numbers of a table say nothing of its parts. Rows of ours, and of the old application, have no
    // value for a column that it does not know.
    private static final String OBSTACLES = WITH + """
            SELECT 'table ' || relname || ' with partitions, children or parents' FROM tables
            WHERE relkind = 'p' OR EXISTS (SELECT FROM pg_inherits WHERE tables.oid IN (inhrelid, inhparent))
            UNION ALL
            SELECT format('column %s.%s with the collation %s, by which different texts are equal', relname, attname, collname)
            FROM tables JOIN pg_attribute ON attrelid = tables.oid JOIN pg_collation AS l ON l.oid = attcollation
            WHERE attnum > 0 AND NOT attisdropped AND NOT collisdeterministic
            ORDER BY 1
            """;

    // A column that nobody knows of, and that has to have a value.
    private static final String NEEDED_COLUMNS = WITH + """
            SELECT 'column ' || relname || '.' || attname
            FROM tables JOIN pg_attribute ON attrelid = tables.oid
            WHERE attnum > 0 AND NOT attisdropped AND attnotnull AND NOT atthasdef AND attidentity = ''
            ORDER BY relname, attnum
            """;

    // To give it a view takes SET, which memberships may lack from PostgreSQL 16 on.
    private static final String OWNED_BY_ANOTHER = WITH + """
            SELECT 'its table ' || c.relname || ' belongs to the role ' || pg_get_userbyid(relowner) || ', which '
                   || current_user || ' may not act as'
            FROM tables JOIN pg_class AS c ON c.oid = tables.oid
            WHERE NOT pg_has_role(relowner, 'USAGE')
               OR NOT pg_has_role(relowner, CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END)
            UNION ALL
            SELECT 'the owner ' || pg_get_userbyid(relowner) || ' of its table ' || c.relname || ' may not create views in its schema ' || c.relnamespace::regnamespace
            FROM tables JOIN pg_class AS c ON c.oid = tables.oid WHERE NOT has_schema_privilege(relowner, relnamespace, 'CREATE')
            ORDER BY 1
            """;

    private static final String RELATION =
            "(SELECT c.oid FROM pg_namespace AS n JOIN pg_class AS c ON relnamespace = n.oid WHERE nspname = ? AND relname = ?)";

    private final Connection connection;

    Catalogue(Connection connection) {
        this.connection = connection;
    }

    String role() throws SQLException {
        return Sql.texts(connection, "SELECT current_user").get(0);
    }

    boolean hasTable(String schema, String table) throws SQLException {
        return Sql.is(connection, RELATION + " IS NOT NULL", schema, table);
    }

    boolean hasSchema(String schema) throws SQLException {
        return !Sql.texts(connection, "SELECT nspname FROM pg_namespace WHERE nspname = ?", schema)
                .isEmpty();
    }

    boolean hasColumn(String schema, String table, String column) throws SQLException {
        return columns(schema, table).contains(column);
    }

    /** In the order in which they were made. */
    List<String> columns(String schema, String table) throws SQLException {
        return Sql.texts(
                connection,
                "SELECT attname FROM pg_attribute WHERE attrelid = " + RELATION
                        + " AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
                schema,
                table);
    }

    boolean mayCreateIn(String schema) throws SQLException {
        return Sql.is(connection, "has_schema_privilege(?, 'CREATE')", schema);
    }

    boolean hasHistory(Stage stage) throws SQLException {
        return hasTable(BOOKS, stage.history());
    }

    /** Ours have Flyway's history before anything else. */
    boolean hasForeignBooks() throws SQLException {
        return Sql.exists(
                connection,
                "pg_class AS c JOIN pg_namespace AS n ON n.oid = relnamespace WHERE nspname = ? AND relkind IN ('r', 'p', 'v', 'm', 'f')"
                        + " AND relname <> ?",
                BOOKS,
                Stage.BOOKS.history());
    }

    /** All tables of anybody, in alphabetical order. */
    List<String> tables() throws SQLException {
        return Sql.texts(connection, TABLES);
    }

    /** Schemas that have all of these tables. */
    List<String> schemasWith(List<String> tables) throws SQLException {
        return Sql.texts(connection, SCHEMAS, names(tables), names(tables));
    }

    /** What has run of a stage, in the order in which it ran. */
    List<String> scripts(Stage stage) throws SQLException {
        return hasHistory(stage)
                ? Sql.texts(
                        connection,
                        "SELECT script FROM " + BOOKS + "." + stage.history()
                                + " WHERE type = 'SQL' ORDER BY installed_rank")
                : List.of();
    }

    /** Columns, constraints and unique indexes, one line each. */
    List<String> lines(String schema, List<String> tables) throws SQLException {
        List<String> lines = Sql.texts(connection, COLUMNS, schema, names(tables));
        lines.addAll(Sql.texts(connection, CONSTRAINTS, schema, names(tables)));
        lines.addAll(Sql.texts(connection, UNIQUE_INDEXES, schema, names(tables)));
        return lines;
    }

    /** Something that a table can't be taken over with. */
    Optional<String> obstacle(String schema, List<String> tables) throws SQLException {
        return Sql.texts(connection, OBSTACLES, schema, names(tables)).stream().findFirst();
    }

    /** Columns whose value whoever writes a row has to know. */
    List<String> neededColumns(String schema, List<String> tables) throws SQLException {
        return Sql.texts(connection, NEEDED_COLUMNS, schema, names(tables));
    }

    /** A table that the connected role may not alter. */
    Optional<String> ownedByAnother(String schema, List<String> tables) throws SQLException {
        return Sql.texts(connection, OWNED_BY_ANOTHER, schema, names(tables)).stream()
                .findFirst();
    }

    private static String[] names(List<String> tables) {
        return tables.toArray(String[]::new);
    }
}
