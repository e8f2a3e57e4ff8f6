package dev.realms.isolation;

import dev.realms.problem.SqlStates;
import dev.realms.problem.StaleConnection;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.sql.DataSource;

/**
 * Reads from the request's realm in one round trip: the statement that opens it travels with the one that reads, and PostgreSQL makes
 * a transaction of the two. For methods of {@link InRealm} services that have no transaction.
 *
 * <p>The realm is named three times: {@code open_realm} checks whose it is, the statement asks for its rows, and row-level security
 * shows no others. When it does not open, what was read is not looked at.
 */
@ApplicationScoped
public class RealmReader {

    /** What comes of a statement's rows. */
    @FunctionalInterface
    public interface Rows<T> {
        T read(ResultSet rows) throws SQLException;
    }

    private record ViewOf(Class<?> entity, Class<?> view) {}

    /** Row-level security refused, because no realm is open. */
    private static final String CLOSED = "42501";

    @Resource(lookup = "java:comp/env/jdbc/realms")
    private DataSource database;

    @PersistenceUnit(unitName = "realms")
    private EntityManagerFactory unit;

    @Inject
    private RealmContext realm;

    @Inject
    private Caller caller;

    private final ConcurrentMap<ViewOf, RowView<?>> views = new ConcurrentHashMap<>();

    /**
     * @param sql whose first parameter is the realm
     * @param values of the other parameters
     * @throws dev.realms.problem.DomainException {@code realm-not-found}, {@code migration-in-progress} or {@code unauthenticated}
     */
    public <T> T read(String sql, List<?> values, Rows<T> rows) {
        Opening opening = new Opening(realm.realmId(), realm.ownerId(), caller.keyHash());
        try (Connection connection = database.getConnection()) {
            requireNoTransaction(connection);
            try {
                return read(connection, opening, sql, values, rows);
            } catch (SQLException e) {
                if (!SqlStates.of(e).contains(CLOSED)) {
                    throw e;
                }
                // Why it did not open, unless it does by now.
                opening.run(connection);
                return read(connection, opening, sql, values, rows);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(StaleConnection.in(e));
        }
    }

    /** @param type an entity whose rows the realm owns */
    @SuppressWarnings("unchecked")
    <V extends Record> RowView<V> view(Class<? extends RealmScoped> type, Class<V> view) {
        return (RowView<V>)
                views.computeIfAbsent(new ViewOf(type, view), key -> new RowView<>(RowTable.of(unit, type), view));
    }

    private static <T> T read(Connection connection, Opening opening, String sql, List<?> values, Rows<T> rows)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(opening.sql() + "; " + sql)) {
            int parameter = opening.fill(statement);
            statement.setObject(++parameter, opening.realmId());
            for (Object value : values) {
                statement.setObject(++parameter, value);
            }
            statement.execute();
            try (ResultSet answer = statement.getResultSet()) {
                Opening.require(answer);
            }
            statement.getMoreResults();
            try (ResultSet result = statement.getResultSet()) {
                return rows.read(result);
            }
        }
    }

    /** In one, opening a second realm would go unnoticed, and what was opened would stay open. */
    private static void requireNoTransaction(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            throw new IllegalStateException("There is a transaction");
        }
    }
}
