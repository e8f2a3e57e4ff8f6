package dev.realms.realm.isolation;

import dev.realms.testing.InServer;
import dev.realms.web.json.Ids;
import jakarta.persistence.Table;
import jakarta.persistence.metamodel.EntityType;
import jakarta.persistence.metamodel.Metamodel;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.eclipse.persistence.annotations.ReadOnly;

/** Two users, each with one row of everything and one realm that holds one row of everything; made and looked at by the schema's owner. */
@InServer
record TwoRealms(String me, UUID mine, String neighbour, UUID theirs) {

    private static final String ROWS = """
            INSERT INTO users (id, name, email) VALUES ('%1$s', 'n', '%1$s@example.com');
            INSERT INTO realms (id, name, user_id, is_default) VALUES ('%2$s', 'Default', '%1$s', true);
            INSERT INTO database_servers (id, name, type, host, port, user_id, realm_id)
              VALUES ('%2$s', 'n', 'NEO4J', 'h', 1, '%1$s', '%2$s');
            INSERT INTO databases (id, name, description, server_id, user_id, realm_id)
              VALUES ('%2$s', 'n', '', '%2$s', '%1$s', '%2$s');
            INSERT INTO documents (id, name, type, database_id, user_id, realm_id)
              VALUES ('%2$s', 'n', 't', '%2$s', '%1$s', '%2$s');
            INSERT INTO jobs (id, document_name, document_type, document_id, user_id, realm_id)
              VALUES ('%2$s', 'n', 't', '%2$s', '%1$s', '%2$s');
            INSERT INTO api_keys (id, name, key, user_id, realm_id) VALUES ('%2$s', 'n', 'key of %2$s', '%1$s', '%2$s');
            INSERT INTO realm_events (id, realm_id, user_id, kind, details) VALUES ('%2$s', '%2$s', '%1$s', 'realm-made', '{}');
            INSERT INTO user_settings (user_id) VALUES ('%1$s');
            INSERT INTO idempotent_requests (user_id, path, key, request_hash) VALUES ('%1$s', '/', 'k', '')""";

    /** Every row bears its realm's id as its own. */
    static TwoRealms make() {
        TwoRealms both = new TwoRealms(Ids.next(), UUID.randomUUID(), Ids.next(), UUID.randomUUID());
        asOwner("BEGIN; " + ROWS.formatted(both.me, both.mine) + "; " + ROWS.formatted(both.neighbour, both.theirs)
                + "; COMMIT");
        return both;
    }

    /** For statements of tests only: the server's own connections rely on no path of theirs. */
    private static final String PATH = "SET search_path = realms, public";

    private static final String NO_PATH = "RESET search_path";

    /** The entities that belong to a realm, all of them. */
    static List<Class<?>> entities(Metamodel metamodel) {
        return metamodel.getEntities().stream()
                .<Class<?>>map(EntityType::getJavaType)
                .filter(RealmScoped.class::isAssignableFrom)
                .toList();
    }

    /** Whether the service may write its rows. */
    static boolean isWritten(Class<?> entity) {
        return !entity.isAnnotationPresent(ReadOnly.class);
    }

    /** The same of a table. */
    static boolean isWritten(String table) {
        return !table.equals("realms." + RealmTables.EVENTS);
    }

    static String table(Class<?> entity) {
        return entity.getAnnotation(Table.class).name();
    }

    /** The tables that belong to a realm, as the catalogue knows them. */
    static List<String> tables() {
        return List.of(query("""
                SELECT string_agg('realms.' || relname, ' ' ORDER BY relname) FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
                WHERE relnamespace = 'realms'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition AND attname = 'realm_id' AND NOT attisdropped""").split(" "));
    }

    /** All that the neighbour's row of a table holds; null when there is none. */
    String theirRow(String table) {
        return query("SELECT t::text FROM " + table + " t WHERE realm_id = '" + theirs + "'");
    }

    /** A checksum of all rows of all tables that belong to a realm, and of some others. */
    static String everything(List<String> others) {
        List<String> tables = new ArrayList<>(tables());
        tables.addAll(others);
        return tables.stream()
                .map(table -> query(
                        "SELECT '%1$s ' || count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)), 0) FROM %1$s AS t"
                                .formatted(table)))
                .collect(Collectors.joining("\n"));
    }

    static DataSource dataSource(String name) {
        try {
            return InitialContext.doLookup("java:comp/env/" + name);
        } catch (NamingException e) {
            throw new IllegalStateException(e);
        }
    }

    static void asOwner(String sql) {
        try (Connection connection = dataSource("jdbc/realms-owner").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(PATH);
            try {
                statement.execute(sql);
            } finally {
                statement.execute(NO_PATH);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Another realm of this user, in which nothing is. */
    static UUID spare(String user) {
        return UUID.fromString(query(
                "INSERT INTO realms (name, user_id) VALUES (gen_random_uuid(), '%s') RETURNING id".formatted(user)));
    }

    static String query(String sql) {
        try (Connection connection = dataSource("jdbc/realms-owner").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(PATH);
            try (ResultSet rows = statement.executeQuery(sql)) {
                return rows.next() ? rows.getString(1) : null;
            } finally {
                statement.execute(NO_PATH);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
