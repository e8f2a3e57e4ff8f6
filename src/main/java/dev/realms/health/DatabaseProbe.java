package dev.realms.health;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Asks a pool's database one question. A question that hangs is given up after two seconds and keeps its thread until the pool
 * lets go; until then no second one is asked, so that probes can't use up the threads of the server.
 */
@ApplicationScoped
class DatabaseProbe {

    private static final Logger LOG = Logger.getLogger(DatabaseProbe.class.getName());
    private static final int SECONDS = 2;

    private final Map<DataSource, Future<String>> asked = new ConcurrentHashMap<>();

    @Resource
    private ManagedExecutorService executor;

    /** The first column of the first row, or empty when there was no answer in time. */
    Optional<String> ask(DataSource database, String question) {
        Future<String> answer = asked.compute(
                database, (key, pending) -> pending != null && !pending.isDone() ? pending : submit(key, question));
        try {
            return Optional.ofNullable(answer.get(SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
            LOG.log(Level.WARNING, "The database does not answer", e);
            return Optional.empty();
        }
    }

    private Future<String> submit(DataSource database, String question) {
        return executor.submit(() -> query(database, question));
    }

    private static String query(DataSource database, String question) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(SECONDS);
            try (ResultSet rows = statement.executeQuery(question)) {
                return rows.next() ? rows.getString(1) : null;
            }
        }
    }
}
