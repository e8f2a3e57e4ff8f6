package dev.realms.isolation;

import dev.realms.problem.StaleConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Locks rows of the open realm for the transaction without reading them: a server may have more databases than memory has room for,
 * and the ORM would make an object of each.
 */
@ApplicationScoped
class RowLocks {

    private record Rows(String entity, String attribute) {}

    @Inject
    private TransactionConnection transaction;

    @PersistenceUnit(unitName = "realms")
    private EntityManagerFactory unit;

    @Inject
    private RealmContext realm;

    private final ConcurrentMap<Rows, String> statements = new ConcurrentHashMap<>();

    /**
     * One after the other by id, which is one order for everybody.
     *
     * @param entity the JPA name of what is locked
     * @param attribute a name of ours: {@code id}, or a reference
     * @return whether there is such a row
     */
    boolean lock(String entity, String attribute, List<UUID> values) {
        Connection connection = transaction.get();
        String sql = statements.computeIfAbsent(new Rows(entity, attribute), this::sql);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, realm.realmId());
            statement.setArray(2, connection.createArrayOf("uuid", values.toArray()));
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getBoolean(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(StaleConnection.in(e));
        }
    }

    private String sql(Rows rows) {
        RowTable table = RowTable.of(unit, rows.entity());
        return "SELECT count(*) > 0 FROM (SELECT FROM %1$s WHERE %2$s = ? AND %3$s = ANY (?) ORDER BY %4$s FOR UPDATE) AS locked"
                .formatted(table.name(), table.tenantColumn(), table.column(rows.attribute()), table.column("id"));
    }
}
