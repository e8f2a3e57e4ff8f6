package dev.realms.migration.control;

import dev.realms.testing.TestDatabase;
import dev.realms.testing.oldapplication.OldApplicationShape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The pre-realm application at work: it makes, changes and deletes documents and jobs, knows nothing of realms, and
 * remembers what must be there in the end. Where PostgreSQL goes away in the middle of a statement it does not know, and forgets that row.
 */
final class OldApplication implements AutoCloseable {

    private final Random random;
    private final Thread thread = new Thread(this::work, "old application");
    private final Map<String, String> documents = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private volatile boolean stopped;
    private Connection connection;

    OldApplication(long seed) {
        random = new Random(seed);
    }

    OldApplication begin() {
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    /** What failed although PostgreSQL was there. */
    List<String> failures() {
        return failures;
    }

    /** The documents it has written, and their names. */
    Map<String, String> documents() {
        return documents;
    }

    @Override
    public void close() {
        end();
    }

    /** Returns when its last statement has ended. */
    void end() {
        stopped = true;
        try {
            thread.join(Duration.ofMinutes(1).toMillis());
            disconnect();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        while (!stopped) {
            String id = documents.isEmpty() || random.nextInt(3) == 0
                    ? UUID.randomUUID().toString()
                    : any();
            try {
                if (connection == null) {
                    connection = connect();
                }
                write(id);
                Thread.sleep(10);
            } catch (SQLException | IllegalStateException fault) {
                documents.remove(id);
                note(fault);
                disconnect();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** What has been committed has to survive a kill, however careless PostgreSQL is for the sake of fast tests. */
    private static Connection connect() throws SQLException {
        Connection connection = TestDatabase.owner();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = on; SET search_path = public");
        }
        return connection;
    }

    private String any() {
        return new ArrayList<>(documents.keySet()).get(random.nextInt(documents.size()));
    }

    private void write(String id) throws SQLException {
        String name = "written " + random.nextInt(1_000_000);
        if (!documents.containsKey(id)) {
            run(
                    "INSERT INTO documents (id, name, type, [user_id]) SELECT ?, ?, 'text/plain', id FROM users"
                            + " ORDER BY md5(id::text || '" + name + "') LIMIT 1",
                    id,
                    name);
            run(
                    "INSERT INTO jobs ([document_name], [document_type], [document_id], [user_id])"
                            + " SELECT name, type, id, [user_id] FROM documents WHERE id = ?",
                    id);
            documents.put(id, name);
        } else if (random.nextInt(4) == 0) {
            run("DELETE FROM documents WHERE id = ?", id);
            documents.remove(id);
        } else {
            run("UPDATE documents SET name = ?, [updated_at] = now() WHERE id = ?", name, id);
            documents.put(id, name);
        }
    }

    /** @param sql with our names of columns in brackets */
    private void run(String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OldApplicationShape.CHOSEN.named(sql))) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i], Types.OTHER);
            }
            if (statement.executeUpdate() != 1) {
                failures.add("nothing done by " + sql);
            }
        }
    }

    /** PostgreSQL that is being killed, is away or comes up is no failure of a statement. */
    private void note(Exception fault) {
        String state = fault instanceof SQLException sql && sql.getSQLState() != null ? sql.getSQLState() : "08000";
        if (!state.startsWith("08") && !state.startsWith("57P")) {
            failures.add(fault.getMessage());
        }
    }

    private void disconnect() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException gone) {
            // So it is.
        } finally {
            connection = null;
        }
    }

    /** For each pre-realm table the number and a checksum of the rows that it did not write. */
    static Map<String, String> checksumsOfOthers() {
        return TestDatabase.preRealmChecksums(
                Map.of("documents", "name NOT LIKE 'written %'", "jobs", "[document_name] NOT LIKE 'written %'"));
    }

    /** What the database holds of the documents it wrote. */
    static Map<String, String> found() throws SQLException {
        try (Connection owner = TestDatabase.owner();
                Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery("SELECT id, name FROM documents WHERE name LIKE 'written %'")) {
            Map<String, String> found = new TreeMap<>();
            while (row.next()) {
                found.put(row.getString(1), row.getString(2));
            }
            return found;
        }
    }
}
