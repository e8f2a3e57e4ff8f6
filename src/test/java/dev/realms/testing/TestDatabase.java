package dev.realms.testing;

import dev.realms.migration.control.PlainMigration;
import dev.realms.migration.schema.ExpandSchema;
import dev.realms.migration.schema.StageRun;
import dev.realms.testing.oldapplication.OldApplicationShape;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The database of the in-server tests, seen from the client. Not available inside the application server.
 *
 * <p>{@link #resetToEmpty}, {@link #resetToFinalized} and {@link #resetToPreRealm} are for classes that start servers of their own; their database is another one
 * than that of the server that the other classes share.
 */
public final class TestDatabase {

    private static final String OWNER = System.getenv("REALMS_DB_OWNER_USER");
    private static final String APP = System.getenv("REALMS_DB_APP_USER");
    /** Of classes that start servers of their own. */
    private static final String OWN = "own";

    /** In which tests find the tables, whether they have been taken over or not. The product relies on no setting of anybody. */
    private static final String TABLES = "realms,public";

    /** Of every pre-realm database. */
    private static final OldApplicationShape SHAPE = OldApplicationShape.CHOSEN;

    private static final Map<String, String> TEMPLATES = new HashMap<>();

    private static String current = OWN;

    private TestDatabase() {}

    /** Of the database that everything here is about. */
    public static String url() {
        return "jdbc:postgresql://localhost:"
                + EmbeddedDatabaseSession.database().port() + "/" + current;
    }

    static void use(String name) {
        current = name;
    }

    /** No table, no schema but {@code public}: what a new installation finds. */
    public static void resetToEmpty() {
        use(OWN);
        replaceBy("template0");
    }

    /** What an installation without a user is once all is done, for whoever asks nothing of how that came. */
    public static void resetToFinalized() {
        use(OWN);
        reset(DatabaseState.FINALIZED, 0);
    }

    /** The pre-realm schema with the rows of that many users, the same in every run: what an existing installation has. */
    public static void resetToPreRealm(int users) {
        use(OWN);
        reset(DatabaseState.PRE_REALM, users);
    }

    /** A copy of one that is made when the first test asks for it. */
    static void reset(DatabaseState state, int users) {
        replaceBy(TEMPLATES.computeIfAbsent(
                state.name().toLowerCase(Locale.ROOT) + "_" + users, name -> makeTemplate(name, state, users)));
    }

    private static void replaceBy(String template) {
        asSuperuser("postgres", "DROP DATABASE IF EXISTS " + current + " WITH (FORCE)");
        create(current, template);
    }

    private static String makeTemplate(String name, DatabaseState state, int users) {
        create(name, "template0");
        boolean fromNothing = state == DatabaseState.FINALIZED && SHAPE == OldApplicationShape.SNAKE_CASE;
        if (!fromNothing) {
            asOwner(name, SHAPE.schema() + SHAPE.defaults());
            asOwner(name, SHAPE.rows(users));
        }
        if (state != DatabaseState.PRE_REALM) {
            new ExpandSchema(ownerOf(name), APP).run();
        }
        if (state == DatabaseState.FINALIZED && !fromNothing) {
            finish(name);
        }
        asOwner(name, "VACUUM (ANALYZE)");
        return name;
    }

    /** The types of a new installation are those of the other shape: an old one of this shape has gone all the way. */
    private static void finish(String name) {
        try {
            new PlainMigration(ownerOf(name)).complete();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        StageRun.finalization(ownerOf(name)).run(() -> false);
        asOwner(name, "UPDATE migration.state SET state = 'finalized'");
    }

    private static void create(String name, String template) {
        asSuperuser(
                "postgres", "CREATE DATABASE %s OWNER %s ENCODING 'UTF8' TEMPLATE %s".formatted(name, OWNER, template));
    }

    /** The keys of the server that runs, which has them in its memory, too, as JSON; empty where there are none. */
    static Optional<String> secretKeys() {
        return query("SELECT to_regclass('migration.secret_keys')") == null
                ? Optional.empty()
                : Optional.ofNullable(query("SELECT json_agg(k) FROM migration.secret_keys AS k"));
    }

    static void addSecretKeys(String keys) {
        asOwner("INSERT INTO migration.secret_keys SELECT * FROM"
                + " json_populate_recordset(NULL::migration.secret_keys, '%s')".formatted(keys));
    }

    /**
     * What must survive a migration and a rollback: for each pre-realm table the number of rows and a checksum of all columns it
     * had before realms, whatever the order of the rows.
     */
    public static Map<String, String> preRealmChecksums() {
        return preRealmChecksums(Map.of());
    }

    /** @param conditions by table, on the rows that count; with names of columns in brackets */
    public static Map<String, String> preRealmChecksums(Map<String, String> conditions) {
        Map<String, String> checksums = new TreeMap<>();
        preRealmColumns().forEach((table, columns) -> {
            // As the pre-realm application sees it, until there is none any more.
            boolean asBefore = query("SELECT to_regclass('public." + table + "')") != null;
            String sql =
                    "SELECT count(*) || ' ' || coalesce(sum(hashtextextended(ROW([%s])::text, 0)), 0) FROM %s.%s WHERE %s"
                            .formatted(
                                    String.join("], [", columns),
                                    asBefore ? "public" : "realms",
                                    table,
                                    conditions.getOrDefault(table, "true"));
            checksums.put(table, query((asBefore ? SHAPE : OldApplicationShape.SNAKE_CASE).named(sql)));
        });
        return checksums;
    }

    /** The pre-realm tables and their columns, by our names. */
    public static Map<String, List<String>> preRealmColumns() {
        return PreRealmColumns.BY_TABLE;
    }

    /** The first column of the first row, as text, read by the schema owner; null when there is no row. In SQL, brackets are {@link OldApplicationShape#named}. */
    public static String query(String sql) {
        try (Connection connection = owner();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(SHAPE.named(sql))) {
            return rows.next() ? rows.getString(1) : null;
        } catch (SQLException e) {
            throw new IllegalStateException("Failed: " + sql, e);
        }
    }

    /** The id of the user with this address, who is made as a first sign-in makes one, with this role, when there is none. */
    static String user(String email, String role) {
        String name = email.replaceFirst("@.*", "");
        asOwner("""
                DO $$
                DECLARE
                  v_user users.id%%TYPE;
                BEGIN
                  PERFORM pg_advisory_xact_lock(1, hashtext('%2$s'));
                  IF NOT EXISTS (SELECT FROM users WHERE lower(email) = lower('%2$s')) THEN
                    INSERT INTO users (name, email, role) VALUES ('%1$s', '%2$s', '%3$s') RETURNING id INTO v_user;
                    INSERT INTO user_settings (user_id) VALUES (v_user);
                    IF to_regproc('ensure_default_realm') IS NOT NULL THEN
                      EXECUTE 'SELECT ensure_default_realm($1)' USING v_user;
                    END IF;
                  END IF;
                END $$""".formatted(name, email, role));
        return query("SELECT id FROM users WHERE lower(email) = lower('%1$s') ORDER BY email <> '%1$s', id LIMIT 1"
                .formatted(email));
    }

    /** Runs statements as the schema owner, in one transaction where PostgreSQL allows it. */
    public static void asOwner(String sql) {
        asOwner(current, sql);
    }

    private static void asOwner(String database, String sql) {
        try (Connection connection = ownerOf(database).getConnection()) {
            execute(connection, SHAPE.named(sql));
        } catch (SQLException e) {
            throw new IllegalStateException("Failed: " + sql, e);
        }
    }

    /** Runs statements as the superuser in the tests' database, for what its owner may not do. */
    public static void asSuperuser(String sql) {
        asSuperuser(current, sql);
    }

    /** A connection of the schema owner, with instants shown in UTC. */
    public static Connection owner() throws SQLException {
        return connect(OWNER, System.getenv("REALMS_DB_OWNER_PASSWORD"));
    }

    /** A connection of the runtime role, which owns nothing. */
    public static Connection app() throws SQLException {
        return connect(APP, System.getenv("REALMS_DB_APP_PASSWORD"));
    }

    /** Ends every other connection, as a restart of PostgreSQL does, and waits until they are gone. */
    public static void disconnectEverybody() {
        asSuperuser("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
    }

    /** Whether the whole server can only be read, in every session at once: what a failover leaves of the former primary. */
    public static void setReadOnly(boolean readOnly) {
        String value = readOnly ? "on" : "off";
        asSuperuser("postgres", "ALTER SYSTEM SET default_transaction_read_only = " + value);
        asSuperuser("postgres", "SELECT pg_reload_conf()");
        boolean done = false;
        while (!done) {
            try {
                asSuperuser(
                        "postgres",
                        "DO $$ BEGIN ASSERT current_setting('default_transaction_read_only') = '" + value
                                + "'; END $$");
                done = true;
            } catch (IllegalStateException notYet) {
                LockSupport.parkNanos(10_000_000);
            }
        }
    }

    /** PostgreSQL is gone while this runs, and back, at the same address with the same data, when it returns. */
    public static void whileStopped(Runnable act) {
        EmbeddedDatabaseSession.stop();
        try {
            act.run();
        } finally {
            EmbeddedDatabaseSession.start();
        }
    }

    /** PostgreSQL is killed, all of it at once, and started again on what is on the disk. */
    public static void crash() {
        EmbeddedDatabaseSession.kill();
        EmbeddedDatabaseSession.stop();
        EmbeddedDatabaseSession.start();
    }

    /** The roles with the passwords the application server was given. Payara opens the persistence unit before any of our code runs. */
    static void makeRoles() {
        // A run that was ended half-way may have left it so.
        setReadOnly(false);
        asSuperuser(
                "postgres",
                "ALTER ROLE " + OWNER + " PASSWORD '" + TestPostgres.verifier(System.getenv("REALMS_DB_OWNER_PASSWORD"))
                        + "'");
        dropWhatAnEarlierRunLeft();
        asSuperuser("postgres", "DROP ROLE IF EXISTS " + APP);
        asSuperuser(
                "postgres",
                "CREATE ROLE " + APP + " LOGIN PASSWORD '"
                        + TestPostgres.verifier(System.getenv("REALMS_DB_APP_PASSWORD")) + "'");
    }

    private static void dropWhatAnEarlierRunLeft() {
        PGSimpleDataSource superuser =
                (PGSimpleDataSource) EmbeddedDatabaseSession.database().superuser();
        superuser.setDatabaseName("postgres");
        try (Connection connection = superuser.getConnection();
                Statement statement = connection.createStatement();
                Statement drop = connection.createStatement();
                ResultSet names = statement.executeQuery(
                        "SELECT datname FROM pg_database WHERE NOT datistemplate AND datname <> 'postgres'")) {
            while (names.next()) {
                drop.execute("DROP DATABASE " + names.getString(1) + " WITH (FORCE)");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Connection connect(String user, String password) throws SQLException {
        Connection connection = DriverManager.getConnection(url(), user, password);
        execute(connection, "SET TIME ZONE 'UTC'; SET search_path = " + TABLES);
        return connection;
    }

    /** Connections of the schema owner, which commit by themselves. */
    public static DataSource dataSource() {
        return ownerOf(current);
    }

    private static DataSource ownerOf(String database) {
        PGSimpleDataSource owner = new PGSimpleDataSource();
        owner.setURL(url());
        owner.setDatabaseName(database);
        owner.setUser(OWNER);
        owner.setPassword(System.getenv("REALMS_DB_OWNER_PASSWORD"));
        owner.setCurrentSchema(TABLES);
        return owner;
    }

    private static void asSuperuser(String database, String sql) {
        PGSimpleDataSource superuser =
                (PGSimpleDataSource) EmbeddedDatabaseSession.database().superuser();
        superuser.setDatabaseName(database);
        superuser.setCurrentSchema(TABLES);
        try (Connection connection = superuser.getConnection()) {
            execute(connection, sql);
        } catch (SQLException e) {
            throw new IllegalStateException("Failed: " + sql, e);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Read once from the schema itself, made in a schema of its own and rolled back. */
    private static final class PreRealmColumns {

        static final Map<String, List<String>> BY_TABLE = read();

        private static Map<String, List<String>> read() {
            try (Connection connection = owner()) {
                connection.setAutoCommit(false);
                execute(
                        connection,
                        "CREATE SCHEMA pre_realm_columns; SET LOCAL search_path TO pre_realm_columns;"
                                + OldApplicationShape.SNAKE_CASE.schema());
                Map<String, List<String>> columns = columns(connection);
                connection.rollback();
                return columns;
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private static Map<String, List<String>> columns(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT table_name, column_name FROM information_schema.columns"
                                    + " WHERE table_schema = 'pre_realm_columns' ORDER BY table_name, ordinal_position")) {
                List<Map.Entry<String, String>> columns = new ArrayList<>();
                while (rows.next()) {
                    columns.add(Map.entry(rows.getString(1), rows.getString(2)));
                }
                return columns.stream()
                        .collect(Collectors.groupingBy(
                                Map.Entry::getKey,
                                TreeMap::new,
                                Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
            }
        }
    }
}
