package dev.realms.auth;

import dev.realms.apikey.ApiKeyFormat;
import dev.realms.http.Places;
import dev.realms.isolation.RealmGate;
import dev.realms.isolation.Role;
import dev.realms.problem.DomainException;
import dev.realms.problem.StaleConnection;
import dev.realms.settings.Secret;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Finds who an API key acts for. Asked before a realm is open, hence through functions of the database. What it finds it remembers for
 * less than a second; the realm is not opened before the key has been looked up again.
 *
 * <p>Keys that nobody knows to be right yet may be made up. They are looked up a few at a time, those from where too many wrong ones have come
 * from one at a time: whoever makes up keys takes neither all connections nor the place of keys that are in use.
 */
@ApplicationScoped
class ApiKeys {

    /** @param realmId null as long as the owner's realm has not been made */
    record Found(UUID id, UUID realmId, UUID userId, Role role, String hash, boolean due) {}

    private static final Logger LOG = Logger.getLogger(ApiKeys.class.getName());

    /** A rollback took it away, together with the realms. */
    private static final String UNDEFINED_FUNCTION = "42883";

    private static final Duration TOUCHED = Duration.ofMinutes(1);
    private static final int TOUCH_TIMEOUT_SECONDS = 2;

    @Resource(lookup = "java:comp/env/jdbc/realms")
    private DataSource database;

    private final Remembered<Found> remembered = new Remembered<>();

    /** Which were found not long ago; for as long they wait for nobody, and no longer do when they are not found any more. */
    private final Remembered<Boolean> right = new Remembered<>(Duration.ofHours(1));

    private final Places unknown = new Places(4, 64);
    private final Places suspect = new Places(1, 16);

    /**
     * A key that was given out and has neither expired nor been revoked.
     *
     * @param suspected whether it comes from where too many wrong ones have come from
     * @throws DomainException {@code unavailable} when too many that may be made up wait
     */
    Optional<Found> find(Secret key, boolean suspected) {
        String hash = ApiKeyFormat.hash(key.reveal());
        return remembered.find(hash, () -> {
            Optional<Found> found = right.find(hash, Optional::empty).isPresent()
                    ? ask(hash)
                    : askInTurn(hash, suspected ? suspect : unknown);
            if (found.isPresent()) {
                right.find(hash, () -> Optional.of(true));
            } else {
                right.forget(hash);
            }
            return found;
        });
    }

    private Optional<Found> askInTurn(String hash, Places places) {
        places.take();
        try {
            return ask(hash);
        } finally {
            places.giveBack();
        }
    }

    private Optional<Found> ask(String hash) {
        try (Connection connection = database.getConnection()) {
            Optional<Found> found = find(connection, hash);
            found.filter(key -> key.due() && key.realmId() != null).ifPresent(due -> touch(connection, due));
            return found;
        } catch (SQLException e) {
            if (UNDEFINED_FUNCTION.equals(e.getSQLState())) {
                throw RealmGate.migrating();
            }
            throw new IllegalStateException(StaleConnection.in(e));
        }
    }

    private static Optional<Found> find(Connection connection, String hash) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT id, realm_id, user_id, role, last_used FROM find_api_key(?)")) {
            statement.setString(1, hash);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(found(row, hash)) : Optional.empty();
            }
        }
    }

    private static Found found(ResultSet row, String hash) throws SQLException {
        return new Found(
                row.getObject("id", UUID.class),
                row.getObject("realm_id", UUID.class),
                row.getObject("user_id", UUID.class),
                Role.valueOf(row.getString("role")),
                hash,
                isDue(row.getTimestamp("last_used")));
    }

    /** Whether it is time to note again that a key is used. */
    private static boolean isDue(Timestamp lastUsed) {
        return lastUsed == null || lastUsed.toInstant().isBefore(Instant.now().minus(TOUCHED));
    }

    /** A note for its owner, not worth failing or delaying a request for. */
    private static void touch(Connection connection, Found key) {
        try (PreparedStatement statement = connection.prepareStatement("SELECT touch_api_key(?, ?)")) {
            statement.setQueryTimeout(TOUCH_TIMEOUT_SECONDS);
            statement.setObject(1, key.id());
            statement.setObject(2, key.realmId());
            statement.execute();
        } catch (SQLException e) {
            LOG.log(Level.FINE, "Could not note the use of key {0}", key.id());
        }
    }
}
