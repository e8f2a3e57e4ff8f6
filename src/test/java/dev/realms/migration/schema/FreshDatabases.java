package dev.realms.migration.schema;

import dev.realms.launch.EmbeddedDatabase;
import dev.realms.migration.control.PlainMigration;
import dev.realms.testing.TestPostgres;
import dev.realms.testing.oldapplication.OldApplicationShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One PostgreSQL for all plain tests of a JVM, started when the first asks; every test makes its own database in it. What several ask
 * for is made once, and copied.
 */
public final class FreshDatabases implements BeforeAllCallback {

    /** The runtime role that exists in it. */
    public static final String APP_USER = "realms_app";

    /** In which tests find the tables, whether they have been taken over or not. The product relies on no setting of anybody. */
    public static final String TABLES = "realms,public";

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Map<List<String>, DataSource> TEMPLATES = new ConcurrentHashMap<>();
    private static final Map<List<String>, DataSource> EXPANDED = new ConcurrentHashMap<>();
    private static final Map<List<String>, DataSource> MIGRATED = new ConcurrentHashMap<>();
    private static DataSource finalized;
    private static Running running;

    /** Ended with the JVM: Surefire takes each class of a fork for a run of its own. */
    @Override
    public void beforeAll(ExtensionContext context) {
        start();
    }

    private static synchronized void start() {
        if (running == null) {
            running = Running.start();
            Runtime.getRuntime().addShutdownHook(new Thread(running::close));
        }
    }

    /** A new empty database of the schema owner, reached as that owner. */
    public static DataSource empty() throws SQLException {
        return empty("");
    }

    /** @param options of {@code CREATE DATABASE} */
    static DataSource empty(String options) throws SQLException {
        String name = "fresh_" + COUNT.incrementAndGet();
        superuser("CREATE DATABASE " + name + " OWNER " + running.postgres.ownerUser() + " " + options);
        return owner(name);
    }

    /**
     * As {@link #empty()}, with the pre-realm schema of the {@linkplain OldApplicationShape#CHOSEN chosen shape} in it,
     * and this SQL, in which columns have our names, run after it.
     */
    public static DataSource preRealm(String... sql) throws SQLException {
        return copyOf(TEMPLATES.computeIfAbsent(List.of(sql), FreshDatabases::makePreRealm));
    }

    /** As {@link #empty()}, with the schema as Prisma makes it, and this SQL run after it. */
    public static DataSource prisma(String... sql) throws SQLException {
        DataSource database = empty();
        new TestSql(database).run(OldApplicationShape.PRISMA.schema());
        new TestSql(database).run(sql);
        return database;
    }

    /** As {@link #preRealm(String...)}, and expanded then. */
    public static DataSource expanded(String... sql) throws SQLException {
        return copyOf(EXPANDED.computeIfAbsent(List.of(sql), FreshDatabases::makeExpanded));
    }

    /** As {@link #expanded(String...)}, migrated and contracted then. */
    public static DataSource migrated(String... sql) throws SQLException {
        return copyOf(MIGRATED.computeIfAbsent(List.of(sql), FreshDatabases::makeMigrated));
    }

    /** What a new installation is after its first start. */
    public static synchronized DataSource finalized() throws SQLException {
        if (finalized == null) {
            finalized = empty();
            new ExpandSchema(finalized, APP_USER).run();
        }
        return copyOf(finalized);
    }

    private static DataSource makeMigrated(List<String> sql) {
        try {
            DataSource database = expanded(sql.toArray(String[]::new));
            new PlainMigration(database).complete();
            return database;
        } catch (SQLException fault) {
            throw new IllegalStateException(fault);
        }
    }

    private static DataSource makePreRealm(List<String> sql) {
        try {
            DataSource database = empty();
            TestSql owner = new TestSql(database);
            owner.run(OldApplicationShape.CHOSEN.schema(), OldApplicationShape.CHOSEN.defaults());
            new OurNames(owner).run(sql.toArray(String[]::new));
            return database;
        } catch (SQLException fault) {
            throw new IllegalStateException(fault);
        }
    }

    private static DataSource makeExpanded(List<String> sql) {
        try {
            DataSource database = preRealm(sql.toArray(String[]::new));
            new ExpandSchema(database, APP_USER).run();
            return database;
        } catch (SQLException fault) {
            throw new IllegalStateException(fault);
        }
    }

    /** A new database like this one, to which nobody must be connected. */
    public static DataSource copyOf(DataSource database) throws SQLException {
        String name = "fresh_" + COUNT.incrementAndGet();
        superuser("CREATE DATABASE " + name + " OWNER " + running.postgres.ownerUser() + " TEMPLATE "
                + ((PGSimpleDataSource) database).getDatabaseName());
        return owner(name);
    }

    /** The same database, reached by the superuser: for what its owner may not do. */
    public static DataSource asSuperuser(DataSource database) {
        PGSimpleDataSource superuser = (PGSimpleDataSource) running.postgres.superuser();
        superuser.setDatabaseName(((PGSimpleDataSource) database).getDatabaseName());
        superuser.setCurrentSchema(TABLES);
        return superuser;
    }

    private static DataSource owner(String name) {
        PGSimpleDataSource owner = new PGSimpleDataSource();
        owner.setURL("jdbc:postgresql://localhost:" + running.postgres.port() + "/" + name);
        owner.setUser(running.postgres.ownerUser());
        owner.setPassword(running.postgres.ownerPassword());
        owner.setCurrentSchema(TABLES);
        return owner;
    }

    private static void superuser(String sql) throws SQLException {
        try (Connection connection = running.postgres.superuser().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private record Running(EmbeddedDatabase postgres, Path data) {

        static Running start() {
            try {
                Path data = Files.createTempDirectory("realms-test-").resolve("data");
                EmbeddedDatabase postgres = TestPostgres.start(data, Path.of("target", "postgresql"), 0, false);
                try (Connection connection = DriverManager.getConnection(
                                postgres.jdbcUrl(), postgres.ownerUser(), postgres.ownerPassword());
                        Statement statement = connection.createStatement()) {
                    statement.execute("CREATE ROLE " + APP_USER);
                }
                return new Running(postgres, data);
            } catch (IOException | SQLException fault) {
                throw new IllegalStateException("The tests' PostgreSQL did not start", fault);
            }
        }

        /** Its hundred thousand files take longer to go than Surefire gives: another process removes them. */
        void close() {
            try {
                TestPostgres.kill(data);
                postgres.close();
                new ProcessBuilder("rm", "-rf", data.getParent().toString()).start();
            } catch (IOException fault) {
                throw new UncheckedIOException(fault);
            }
        }
    }
}
