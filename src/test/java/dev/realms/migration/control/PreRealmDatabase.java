package dev.realms.migration.control;

import dev.realms.migration.schema.ExpandSchema;
import dev.realms.testing.InServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** A pre-realm database, made anew inside the one that a running application or a plain test is connected to. */
@InServer
final class PreRealmDatabase {

    /** For statements of tests only: the server's own connections rely on no path of theirs. */
    private static final String PATH = "SET search_path = realms, public; SET TimeZone = 'UTC'";

    private final DataSource owner;

    PreRealmDatabase(DataSource owner) {
        this.owner = owner;
    }

    /** Drops everything, builds the pre-realm schema, fills it and expands it. */
    static PreRealmDatabase expanded(DataSource owner, int users, String... sql) {
        PreRealmDatabase database = new PreRealmDatabase(owner);
        database.execute("DROP SCHEMA IF EXISTS realms, migration, realms_doors, realms_archive CASCADE");
        database.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        database.execute(script("/pre-realm/schema.sql"));
        if (users > 0) {
            database.execute(script("/pre-realm/load.sql").replace(":users", Integer.toString(users)));
        }
        for (String command : sql) {
            database.execute(command);
        }
        new ExpandSchema(owner, "realms_app").run();
        return database;
    }

    void execute(String sql) {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(PATH);
            try {
                statement.execute(sql);
            } finally {
                statement.execute("ROLLBACK");
                statement.execute("RESET search_path; RESET TimeZone");
            }
        } catch (SQLException fault) {
            throw new IllegalStateException(
                    "Failed: " + sql.lines().findFirst().orElse("") + ": " + fault.getMessage(), fault);
        }
    }

    /** As somebody whose changes are not noted: what a fault of ours would look like. */
    void executeUnnoted(String sql) {
        execute("BEGIN; SET LOCAL realms.migration = 'on'; " + sql + "; COMMIT");
    }

    String ask(String sql) {
        List<String> rows = askAll(sql);
        return rows.isEmpty() ? null : rows.get(0);
    }

    List<String> askAll(String sql) {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(PATH);
            List<String> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            } finally {
                statement.execute("RESET search_path; RESET TimeZone");
            }
            return found;
        } catch (SQLException fault) {
            throw new IllegalStateException("Failed: " + sql, fault);
        }
    }

    /** Rows and a checksum of the columns from before realms, by table; independent of how the product does it. */
    Map<String, String> checksums() {
        Map<String, String> checksums = new TreeMap<>();
        COLUMNS.forEach((table, columns) -> checksums.put(
                table,
                ask("SELECT count(*) || ' ' || coalesce(sum(hashtextextended(ROW(" + columns
                        + ")::text, 0)), 0) FROM public." + table)));
        return checksums;
    }

    /** How many rows are in no realm, or in one that is not an active realm of their user. */
    long misplacedRows() {
        return COLUMNS.keySet().stream()
                .filter(table -> !table.startsWith("user"))
                .mapToLong(table -> Long.parseLong(ask("SELECT count(*) FROM " + table + " AS t WHERE NOT EXISTS"
                        + " (SELECT FROM realms r WHERE r.id = t.realm_id AND r.user_id = t.user_id AND r.is_active)")))
                .sum();
    }

    /** How many users do not have exactly one active default realm. */
    long usersWithoutOneDefault() {
        return Long.parseLong(
                ask(
                        "SELECT count(*) FROM users WHERE 1 <> (SELECT count(*) FROM realms WHERE user_id = users.id AND is_default AND is_active)"));
    }

    private static String script(String name) {
        try (InputStream in = PreRealmDatabase.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException fault) {
            throw new IllegalStateException(fault);
        }
    }

    private static final Map<String, String> COLUMNS = Map.of(
            "users", "id, name, email, avatar, role, created_at, updated_at",
            "user_settings",
                    "id, user_id, theme, language, notifications, auto_save, default_database, created_at, updated_at",
            "database_servers",
                    "id, name, type, host, port, username, password, api_key, database, collection, is_active,"
                            + " created_at, last_connected, updated_at, user_id",
            "databases",
                    "id, name, description, document_count, last_updated, created_at, updated_at, user_id, server_id",
            "documents",
                    "id, name, type, state, version, chunks, quality, upload_date, created_at, updated_at, user_id, database_id",
            "jobs",
                    "id, document_name, document_type, start_date, end_date, status, percentage, summary, created_at,"
                            + " updated_at, document_id, user_id",
            "api_keys", "id, name, key, created, last_used, created_at, updated_at, user_id");
}
