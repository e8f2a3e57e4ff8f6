package dev.realms.isolation;

import dev.realms.problem.DomainException;
import dev.realms.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Opens a realm and asks, in the same round trip, whether the API key that is used still opens it. */
@ApplicationScoped
public class KeyCheck {

    private static final String OPEN = """
            SELECT open_realm(?, ?), k.id, k.realm_id, k.user_id, k.last_used
            FROM (VALUES (1)) AS one LEFT JOIN find_api_key(?) AS k ON true""";
    private static final Duration TOUCHED = Duration.ofMinutes(1);

    @Inject
    private TransactionConnection transaction;

    /**
     * @return what {@code open_realm} answers
     * @throws DomainException {@code unauthenticated} when the key has expired, was revoked, or is another realm's meanwhile
     */
    String open(UUID realmId, UUID ownerId, String hash) throws SQLException {
        Connection connection = transaction.get();
        try (PreparedStatement statement = connection.prepareStatement(OPEN)) {
            statement.setObject(1, realmId);
            statement.setObject(2, ownerId);
            statement.setString(3, hash);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                UUID key = row.getObject(2, UUID.class);
                if (key == null
                        || !realmId.equals(row.getObject(3, UUID.class))
                        || !ownerId.equals(row.getObject(4, UUID.class))) {
                    throw new DomainException(ProblemType.UNAUTHENTICATED, "The API key has expired or was revoked.");
                }
                if (isDue(row.getTimestamp(5))) {
                    touch(connection, key, realmId);
                }
                return row.getString(1);
            }
        }
    }

    /** Whether it is time to note again that a key is used. */
    public static boolean isDue(Timestamp lastUsed) {
        return lastUsed == null || lastUsed.toInstant().isBefore(Instant.now().minus(TOUCHED));
    }

    private static void touch(Connection connection, UUID key, UUID realmId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT touch_api_key(?, ?)")) {
            statement.setObject(1, key);
            statement.setObject(2, realmId);
            statement.execute();
        }
    }
}
