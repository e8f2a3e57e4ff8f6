package dev.realms.migration.rollback;

import dev.realms.testing.oldapplication.OldApplicationShape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;

/** The pre-realm application: plain SQL on the seven tables, one statement after the other. */
final class PreRealmStatements implements AutoCloseable {

    private static final String ANYBODY =
            "(SELECT id FROM users WHERE id >= gen_random_uuid()::[uuid] ORDER BY id LIMIT 1)";

    private static final List<String> STATEMENTS = List.of(
            "INSERT INTO users (name, email) VALUES ('new', gen_random_uuid() || '@example.com')",
            "INSERT INTO database_servers (name, type, host, port, [user_id]) SELECT 'new', 'QDRANT', 'h', 1, id FROM "
                    + ANYBODY + " AS u",
            "INSERT INTO databases (name, description, [user_id], [server_id]) SELECT gen_random_uuid(), '', [user_id], id"
                    + " FROM database_servers ORDER BY random() LIMIT 1",
            "UPDATE databases SET [document_count] = [document_count] + 1 WHERE id = (SELECT id FROM databases ORDER BY random() LIMIT 1)",
            "INSERT INTO jobs ([document_name], [document_type], [document_id], [user_id]) SELECT 'o', 't', id, [user_id] FROM documents ORDER BY random() LIMIT 1",
            "UPDATE jobs SET percentage = 50 WHERE id = (SELECT id FROM jobs ORDER BY random() LIMIT 1)",
            "INSERT INTO api_keys (name, key, [user_id]) SELECT 'k', 'sk_' || gen_random_uuid(), id FROM " + ANYBODY
                    + " AS u",
            "UPDATE user_settings SET language = 'de' WHERE id = (SELECT id FROM user_settings ORDER BY random() LIMIT 1)",
            "DELETE FROM jobs WHERE id = (SELECT id FROM jobs ORDER BY random() LIMIT 1)");

    private static final String DOCUMENT = "INSERT INTO documents (name, type, [user_id], [database_id])"
            + " SELECT 'live', 't', [user_id], id FROM databases ORDER BY random() LIMIT 1";

    private final DataSource database;
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::write, "the pre-realm application");
    private volatile boolean stopped;
    private volatile long longest;
    private volatile long documents;

    PreRealmStatements(DataSource database) {
        this.database = database;
    }

    void start() {
        thread.start();
    }

    /** Returns after some more rounds of it. */
    void writeSomeMore() throws InterruptedException {
        long until = documents + 5;
        while (documents < until && thread.isAlive() && failures.isEmpty()) {
            Thread.sleep(20);
        }
    }

    void stop() throws InterruptedException {
        stopped = true;
        thread.join();
    }

    List<String> failures() {
        return failures;
    }

    Duration longest() {
        return Duration.ofNanos(longest);
    }

    long documents() {
        return documents;
    }

    @Override
    public void close() {
        stopped = true;
    }

    private void write() {
        try (Connection connection = database.getConnection()) {
            // It knows no schema of ours.
            execute(connection, "SET search_path = public");
            while (!stopped) {
                for (String sql : STATEMENTS) {
                    execute(connection, sql);
                }
                documents += execute(connection, DOCUMENT);
            }
        } catch (SQLException lost) {
            failures.add(lost.getMessage());
        }
    }

    private int execute(Connection connection, String sql) {
        long start = System.nanoTime();
        try (PreparedStatement statement = connection.prepareStatement(OldApplicationShape.CHOSEN.named(sql))) {
            return statement.executeUpdate();
        } catch (SQLException fault) {
            failures.add(fault.getSQLState() + " " + fault.getMessage() + ": " + sql);
            return 0;
        } finally {
            longest = Math.max(longest, System.nanoTime() - start);
        }
    }
}
