package dev.realms.realm.isolation;

import dev.realms.web.problem.StaleConnection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.persistence.queries.SQLCall;

/**
 * The statement that opens a realm for a transaction, or fails: alone, or before another one in the same round trip, which then never
 * runs in a realm that did not open.
 *
 * @param keyHash of the API key that is used, which the same statement looks up: from the moment it is revoked nobody gets into
 *     its realm with it, whatever is remembered of it
 */
record Opening(UUID realmId, UUID ownerId, Optional<String> keyHash) {

    /** Puts it before a statement of the ORM; {@link RealmPlatform} passes its result over. */
    void precede(SQLCall call) {
        List<?> own = call.getParameters();
        List<Object> parameters = new ArrayList<>(parameters());
        parameters.addAll(own);
        call.setParameters(parameters);
        call.setSQLString(sql() + "; " + call.getSQLString());
        // Both have the platform execute the call, as it does a procedure's.
        call.setReturnsResultSet(false);
        if (call.isNothingReturned()) {
            call.returnManyRows();
        }
    }

    /** One round trip. */
    void run(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql())) {
            List<Object> parameters = parameters();
            for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(i + 1, parameters.get(i));
            }
            statement.execute();
        } catch (SQLException e) {
            throw StaleConnection.in(e);
        }
    }

    private String sql() {
        return keyHash.isPresent() ? "SELECT enter_realm(?, ?, ?)" : "SELECT enter_realm(?, ?, NULL)";
    }

    private List<Object> parameters() {
        return keyHash.<List<Object>>map(hash -> List.of(realmId, ownerId, hash))
                .orElseGet(() -> List.of(realmId, ownerId));
    }
}
