package dev.realms.realm.isolation;

import dev.realms.sql.Sql;
import dev.realms.web.problem.StaleConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.eclipse.persistence.internal.databaseaccess.Accessor;
import org.eclipse.persistence.internal.sessions.AbstractSession;
import org.eclipse.persistence.sessions.UnitOfWork;

/**
 * The connection on which the persistence unit works in the current transaction, for plain JDBC in the same one. Asked for
 * another one, Payara takes a second connection from the pool, and requests that hold one each wait for each other's second.
 */
@ApplicationScoped
public class TransactionConnection {

    @PersistenceContext(unitName = "realms")
    private EntityManager em;

    /** Not to be closed. */
    public Connection get() {
        AbstractSession unit = (AbstractSession) em.unwrap(UnitOfWork.class);
        Accessor accessor = unit.getAccessor();
        // Has it take a connection, which it keeps as long as it is in a transaction; unwrapping one gives null before
        // its first use.
        accessor.incrementCallCount(unit.getParent());
        accessor.decrementCallCount();
        Connection connection = accessor.getConnection();
        if (connection == null) {
            throw new IllegalStateException("There is no transaction");
        }
        return connection;
    }

    /**
     * Calls a function of the database, in one round trip. What it returns is not looked at: for a type that the driver does not know,
     * such as {@code void}, it would ask the database once more.
     *
     * @param sql a SELECT
     */
    public void call(String sql, Object... arguments) {
        run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                Sql.bind(statement, arguments);
                return statement.execute();
            }
        });
    }

    /**
     * Asks the database, in one round trip.
     *
     * @param sql a SELECT of one row with one boolean
     */
    public boolean ask(String sql, Object... arguments) {
        return list(row -> row.getBoolean(1), sql, arguments).get(0);
    }

    /** Every row of an answer, in one round trip. */
    public <T> List<T> list(Sql.RowReader<T> reader, String sql, Object... arguments) {
        return run(connection -> Sql.list(connection, reader, sql, arguments));
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private <T> T run(Work<T> work) {
        try {
            return work.on(get());
        } catch (SQLException e) {
            throw new IllegalStateException(StaleConnection.in(e));
        }
    }
}
