package dev.realms.migration.schema;

import dev.realms.realm.isolation.RealmTables;
import dev.realms.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The views that stand under the old names. What others make of them meanwhile keeps them from being dropped. */
public final class OldViews {

    private static final String DEPENDENTS = """
            WITH views AS (
              SELECT c.oid FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = relnamespace
              WHERE relkind = 'v' AND nspname = (SELECT schema_name FROM migration.origin) AND relname IN (%s))
            SELECT DISTINCT CASE WHEN classid = 'pg_rewrite'::regclass
                              THEN (SELECT format('view %%I.%%I', nspname, relname) FROM pg_rewrite AS w JOIN pg_class AS c ON c.oid = ev_class
                                    JOIN pg_namespace AS n ON n.oid = relnamespace WHERE w.oid = objid)
                              ELSE pg_describe_object(classid, objid, 0) END
            FROM pg_depend JOIN views ON refobjid = views.oid
            WHERE refclassid = 'pg_class'::regclass AND deptype = 'n'
              AND NOT (classid = 'pg_rewrite'::regclass AND objid IN (SELECT oid FROM pg_rewrite WHERE ev_class IN (SELECT oid FROM views)))
            ORDER BY 1
            """.formatted(RealmTables.literals(RealmTables.PRE_REALM));

    private OldViews() {}

    /** What would keep them from being dropped, in one sentence. */
    public static Optional<String> obstacle(Connection connection) throws SQLException {
        List<String> dependents = Sql.texts(connection, DEPENDENTS);
        return dependents.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "Views that stand for tables of the old application are in use, and have to go: drop what was made of them (%s), and ask again."
                                .formatted(String.join(", ", dependents)));
    }
}
