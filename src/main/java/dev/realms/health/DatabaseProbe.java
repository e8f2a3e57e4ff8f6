package dev.realms.health;

import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
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
 * Asks the database one question through each pool. A question that hangs is given up after two seconds and keeps its thread until
 * the pool lets go; until then no second one is asked, so that probes can't use up the threads of the server. An EJB, because
 * WildFly runs the checks on a thread of its own that does not know the application's resources.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DatabaseProbe {

    private static final Logger LOG = Logger.getLogger(DatabaseProbe.class.getName());
    private static final int SECONDS = 2;

    private final Map<String, Future<String>> asked = new ConcurrentHashMap<>();

    @Resource(name = "jdbc/realms")
    private DataSource runtime;

    @Resource(name = "jdbc/realms-owner")
    private DataSource owner;

    @Resource
    private ManagedExecutorService executor;

    /** Whether the database answers the role that serves requests. */
    public boolean answers() {
        return ask(runtime, "SELECT 'yes'").isPresent();
    }

    /** The migration's state as the schema's owner reads it; empty when the database or the table is not there. */
    public Optional<String> migrationState() {
        return ask(owner, "SELECT state FROM migration.state");
    }

    private Optional<String> ask(DataSource database, String question) {
        try {
            Future<String> answer = asked.compute(
                    question,
                    (key, pending) -> pending != null && !pending.isDone()
                            ? pending
                            : executor.submit(() -> query(database, question)));
            return Optional.ofNullable(answer.get(SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
            LOG.log(Level.WARNING, "The database does not answer: {0}", e.toString());
            return Optional.empty();
        }
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
