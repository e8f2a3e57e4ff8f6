package dev.realms.realm.isolation.audit;

import dev.realms.realm.isolation.RealmTables;
import dev.realms.realm.isolation.RealmTables.Reference;
import dev.realms.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What there is to ask, as the catalogue has it. A new table with a realm is found by its column, a new reference by its foreign
 * key; those we know of are asked even where their foreign key is gone. What can't be asked is named. Other tables in the schema may be
 * somebody else's.
 *
 * @param owned tables whose rows have a realm
 * @param missed columns of owned tables that are not there to be asked, or that hold ids of nobody knows what
 */
record Coverage(Set<String> owned, Set<Reference> references, List<String> missed) {

    /** What every owned table has, and is asked about otherwise. */
    private static final Set<String> COLUMNS_OF_ALL = Set.of("id", "realm_id", "user_id");

    private static final String COLUMNS = """
            SELECT quote_ident(relname), quote_ident(attname), format_type(atttypid, atttypmod)
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
            WHERE relnamespace = 'realms'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
              AND attnum > 0 AND NOT attisdropped
              AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e')
            ORDER BY relname, attnum
            """;

    private static final String FOREIGN_KEYS = """
            SELECT quote_ident(c.relname), quote_ident(a.attname), quote_ident(t.relname)
            FROM pg_constraint k JOIN pg_class c ON c.oid = conrelid JOIN pg_class t ON t.oid = confrelid
              CROSS JOIN unnest(conkey, confkey) AS pair (here, there)
              JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = here
              JOIN pg_attribute b ON b.attrelid = confrelid AND b.attnum = there
            WHERE contype = 'f' AND c.relnamespace = 'realms'::regnamespace AND b.attname = 'id'
            ORDER BY 1, 2
            """;

    private record Column(String table, String name, String type) {}

    static Coverage of(Connection connection) throws SQLException {
        List<Column> columns =
                Sql.list(connection, row -> new Column(row.getString(1), row.getString(2), row.getString(3)), COLUMNS);
        List<Reference> foreignKeys = Sql.list(
                connection, row -> new Reference(row.getString(1), row.getString(2), row.getString(3)), FOREIGN_KEYS);
        Set<String> owned = new TreeSet<>();
        columns.stream()
                .filter(column -> column.name.equals("realm_id") && column.type.equals("uuid"))
                .forEach(column -> owned.add(column.table));
        Set<Reference> references = new LinkedHashSet<>();
        foreignKeys.stream()
                .filter(key -> owned.contains(key.table()) && owned.contains(key.target()))
                .forEach(references::add);
        RealmTables.REFERENCES.stream()
                .filter(key -> owned.contains(key.table()))
                .forEach(references::add);

        Set<String> missed = new TreeSet<>();
        RealmTables.OWNED.stream()
                .filter(table -> !owned.contains(table))
                .forEach(table -> missed.add(table + ".realm_id"));
        for (String table : owned) {
            COLUMNS_OF_ALL.stream()
                    .filter(name -> !columns.contains(new Column(table, name, "uuid"))
                            && (name.equals("realm_id") || !columns.contains(new Column(table, name, "text"))))
                    .forEach(name -> missed.add(table + "." + name));
        }
        for (Column column : columns) {
            if (isUnexplained(column, owned, references) && !refersToNobodys(column, owned, foreignKeys)) {
                missed.add(column.table + "." + column.name);
            }
        }
        // A table without one of these columns can't be asked at all.
        owned.removeIf(table -> COLUMNS_OF_ALL.stream().anyMatch(name -> missed.contains(table + "." + name)));
        references.removeIf(reference -> !owned.contains(reference.table()) || !owned.contains(reference.target()));
        return new Coverage(owned, references, List.copyOf(missed));
    }

    /** How many tables and references there are. */
    int size() {
        return owned.size() + references.size() + missed.size();
    }

    /** By a foreign key of the installation's own, to rows that have no realm. */
    private static boolean refersToNobodys(Column column, Set<String> owned, List<Reference> foreignKeys) {
        return foreignKeys.stream()
                .anyMatch(key -> key.table().equals(column.table)
                        && key.column().equals(column.name)
                        && !owned.contains(key.target()));
    }

    /** An id of who knows what. */
    private static boolean isUnexplained(Column column, Set<String> owned, Set<Reference> references) {
        return owned.contains(column.table)
                && column.type.equals("uuid")
                && !COLUMNS_OF_ALL.contains(column.name)
                && references.stream()
                        .noneMatch(reference -> reference.table().equals(column.table)
                                && reference.column().equals(column.name));
    }
}
