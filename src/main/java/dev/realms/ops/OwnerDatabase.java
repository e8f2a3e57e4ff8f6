package dev.realms.ops;

import dev.realms.sql.OwnerSessions;
import dev.realms.sql.SqlStates;
import dev.realms.web.problem.ReadOnlySessions;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The schema owner's connections, which no container transaction knows: what is done on them commits by itself. */
@ApplicationScoped
public class OwnerDatabase {

    /** Beside what every session of the owner has. Pooled connections keep what an earlier user set. */
    private static final String SESSION = "SET lock_timeout = '2s'; SET realms.migration = ''";

    @Resource(lookup = "java:comp/env/jdbc/realms-owner")
    private DataSource dataSource;

    OwnerDatabase() {}

    public OwnerDatabase(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    public DataSource dataSource() {
        return dataSource;
    }

    /** In auto-commit mode, with the settings of the session as they should be, on a server that can be written. */
    public Connection open() throws SQLException {
        Connection connection = dataSource.getConnection();
        try (Statement statement = connection.createStatement()) {
            connection.setAutoCommit(true);
            OwnerSessions.prepare(connection);
            statement.execute(SESSION);
            if (ReadOnlySessions.end(connection)) {
                throw new SQLException("The database can only be read", SqlStates.READ_ONLY);
            }
            return connection;
        } catch (SQLException fault) {
            connection.close();
            throw fault;
        }
    }

    /** @throws DatabaseFault when the work fails */
    public <T> T ask(Work<T> work) {
        try (Connection connection = open()) {
            return work.on(connection);
        } catch (SQLException fault) {
            throw new DatabaseFault(fault);
        }
    }

    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }
}
