package dev.realms.isolation;

import dev.realms.problem.DomainException;
import dev.realms.problem.ProblemType;
import dev.realms.problem.StaleConnection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/**
 * The statement that opens a realm for a transaction: alone, or before another one in the same round trip.
 *
 * @param keyHash of the API key that is used, which the same statement looks up: from the moment it is revoked nobody gets into
 *     its realm with it, whatever is remembered of it
 */
record Opening(UUID realmId, UUID ownerId, Optional<String> keyHash) {

    String sql() {
        return keyHash.isPresent() ? "SELECT open_realm(?, ?, ?)" : "SELECT open_realm(?, ?)";
    }

    /** @return the number of parameters that are set, the first ones */
    int fill(PreparedStatement statement) throws SQLException {
        statement.setObject(1, realmId);
        statement.setObject(2, ownerId);
        if (keyHash.isEmpty()) {
            return 2;
        }
        statement.setString(3, keyHash.get());
        return 3;
    }

    /**
     * One round trip.
     *
     * @throws DomainException {@code realm-not-found}, {@code migration-in-progress} or {@code unauthenticated}
     */
    void run(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql())) {
            fill(statement);
            try (ResultSet answer = statement.executeQuery()) {
                require(answer);
            }
        } catch (SQLException e) {
            throw StaleConnection.in(e);
        }
    }

    /** @throws DomainException unless this is the answer of a realm that is open now */
    static void require(ResultSet result) throws SQLException {
        result.next();
        String answer = result.getString(1);
        if (answer.equals("unknown key")) {
            throw new DomainException(ProblemType.UNAUTHENTICATED, "The API key has expired or was revoked.");
        } else if (answer.equals("migrating")) {
            throw RealmGate.migrating();
        } else if (!answer.equals("open")) {
            throw RealmGate.noSuchRealm();
        }
    }
}
