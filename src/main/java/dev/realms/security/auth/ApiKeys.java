package dev.realms.security.auth;

import dev.realms.apikey.ApiKeyFormat;
import dev.realms.realm.isolation.RealmGate;
import dev.realms.realm.isolation.Role;
import dev.realms.settings.Secret;
import dev.realms.sql.Sql;
import dev.realms.sql.SqlStates;
import dev.realms.sql.Untyped;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.StaleConnection;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Finds who an API key acts for. Asked before a realm is open, hence through functions of the database. What it finds it remembers for
 * less than a second; the realm is not opened before the key has been looked up again.
 *
 * <p>Keys that nobody knows to be right yet may be made up. All that wait are looked up at once, on one connection, and on another one those from
 * where too many wrong ones have come from: whoever makes up keys takes neither all connections nor the place of a right one.
 */
@ApplicationScoped
class ApiKeys {

    /** @param realmId null as long as the owner's realm has not been made */
    record Found(String id, UUID realmId, String userId, Role role, String hash, boolean due) {}

    private static final Logger LOG = Logger.getLogger(ApiKeys.class.getName());

    private static final Duration TOUCHED = Duration.ofMinutes(1);
    private static final int TOUCH_TIMEOUT_SECONDS = 2;

    @Resource(lookup = "java:comp/env/jdbc/realms")
    private DataSource database;

    private final ExpiringCache<Found> remembered = new ExpiringCache<>();

    /** Which were found within the last hour: they wait for nobody, until they are not found any more. */
    private final ExpiringCache<Boolean> right = new ExpiringCache<>(Duration.ofHours(1));

    private final BatchedLookups<Found> unknown = new BatchedLookups<>(this::ask);
    private final BatchedLookups<Found> suspect = new BatchedLookups<>(this::ask);

    /**
     * A key that was given out and has neither expired nor been revoked.
     *
     * @param suspected whether it comes from where too many wrong ones have come from
     * @throws DomainException {@code unavailable} when the database is too slow for those that may be made up
     */
    Optional<Found> find(Secret key, boolean suspected) {
        String hash = ApiKeyFormat.hash(key.reveal());
        return remembered.find(hash, () -> {
            Optional<Found> found = right.find(hash, Optional::empty).isPresent()
                    ? Optional.ofNullable(ask(Set.of(hash)).get(hash))
                    : (suspected ? suspect : unknown).find(hash);
            if (found.isPresent()) {
                right.add(hash, true);
            } else {
                right.forget(hash);
            }
            return found;
        });
    }

    /** A rollback takes the function away, together with the realms; a start after it brings them back before the right to ask. */
    private static final Set<String> NO_REALMS =
            Set.of(SqlStates.UNDEFINED_SCHEMA, SqlStates.UNDEFINED_FUNCTION, SqlStates.INSUFFICIENT_PRIVILEGE);

    private Map<String, Found> ask(Set<String> hashes) {
        try (Connection connection = database.getConnection()) {
            Map<String, Found> found = find(connection, hashes);
            found.values().stream()
                    .filter(key -> key.due() && key.realmId() != null)
                    .forEach(due -> touch(connection, due));
            return found;
        } catch (SQLException e) {
            if (NO_REALMS.contains(SqlStates.first(e))) {
                throw RealmGate.migrating();
            }
            throw new IllegalStateException(StaleConnection.in(e));
        }
    }

    private static Map<String, Found> find(Connection connection, Set<String> hashes) throws SQLException {
        Map<String, Found> found = new HashMap<>();
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT hash, id, realm_id, user_id, role, last_used"
                        + " FROM unnest(?) AS hash, realms.find_api_key(hash)")) {
            statement.setArray(1, connection.createArrayOf("text", hashes.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.putIfAbsent(row.getString("hash"), found(row));
                }
            }
        }
        return found;
    }

    private static Found found(ResultSet row) throws SQLException {
        return new Found(
                row.getString("id"),
                row.getObject("realm_id", UUID.class),
                row.getString("user_id"),
                Role.valueOf(row.getString("role")),
                row.getString("hash"),
                isDue(Sql.instant(row, "last_used")));
    }

    /** Whether it is time to note again that a key is used. */
    private static boolean isDue(Instant lastUsed) {
        return lastUsed == null || lastUsed.isBefore(Instant.now().minus(TOUCHED));
    }

    /** A note for its owner, not worth failing or delaying a request for. */
    private static void touch(Connection connection, Found key) {
        try (PreparedStatement statement = connection.prepareStatement("SELECT realms.touch_api_key(?, ?)")) {
            statement.setQueryTimeout(TOUCH_TIMEOUT_SECONDS);
            new Untyped(key.id()).bind(statement, 1);
            statement.setObject(2, key.realmId());
            statement.execute();
        } catch (SQLException e) {
            LOG.log(Level.FINE, "Could not note the use of key {0}", key.id());
        }
    }
}
