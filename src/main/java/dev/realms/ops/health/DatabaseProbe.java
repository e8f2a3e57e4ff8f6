package dev.realms.ops.health;

import dev.realms.web.admission.ReadOnlyConnections;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Asks the database one question through each pool, however many probes want to know. An EJB, because WildFly runs the checks on a thread of
 * its own that does not know the application's resources.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DatabaseProbe {

    private static final int SECONDS = 2;

    @Resource(name = "jdbc/realms")
    private DataSource runtime;

    @Resource(name = "jdbc/realms-owner")
    private DataSource owner;

    @Resource
    private ManagedExecutorService executor;

    @Inject
    private ReadOnlyConnections readOnly;

    private SharedAnswer<String> writable;
    private SharedAnswer<String> migrationState;

    @PostConstruct
    void start() {
        writable = new SharedAnswer<>(
                executor, () -> query(runtime, "SELECT (current_setting('transaction_read_only') = 'off')::text"));
        migrationState = new SharedAnswer<>(executor, () -> query(owner, "SELECT state FROM migration.state"));
    }

    /** Whether the database answers the role that serves requests, and can be written. */
    public boolean answers() {
        Optional<String> answer = writable.get();
        if (answer.filter("false"::equals).isPresent()) {
            readOnly.letGo();
        }
        return answer.filter("true"::equals).isPresent();
    }

    /** The migration's state as the schema's owner reads it; empty when the database or the table is not there. */
    public Optional<String> migrationState() {
        return migrationState.get();
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
