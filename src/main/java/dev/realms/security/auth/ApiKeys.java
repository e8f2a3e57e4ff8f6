package dev.realms.security.auth;

import dev.realms.apikey.ApiKeyFormat;
import dev.realms.realm.isolation.RealmGate;
import dev.realms.realm.isolation.Role;
import dev.realms.settings.Secret;
import dev.realms.sql.Sql;
import dev.realms.sql.SqlStates;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.StaleConnection;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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

    /**
     * @param realmId null as long as the owner's realm has not been made
     * @param due whether it is time to note again that it is used
     * @param networks from which it has been used
     * @param refusal why it opens nothing any more; null when it does
     */
    record Found(
            String id,
            UUID realmId,
            String userId,
            Role role,
            String hash,
            boolean due,
            Set<String> networks,
            String refusal) {}

    private static final Duration TOUCHED = Duration.ofMinutes(1);

    @Resource(lookup = "java:comp/env/jdbc/realms")
    private DataSource database;

    @Inject
    private KeyUse use;

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
        Optional<Found> found = remembered.find(hash, () -> lookUp(hash, suspected));
        found.ifPresent(use::note);
        return found;
    }

    private Optional<Found> lookUp(String hash, boolean suspected) {
        Optional<Found> found = right.find(hash, Optional::empty).isPresent()
                ? Optional.ofNullable(ask(Set.of(hash)).get(hash))
                : (suspected ? suspect : unknown).find(hash);
        found.filter(key -> key.refusal() != null)
                .ifPresent(key -> use.noteDenial(key.id(), key.realmId(), key.refusal()));
        Optional<Found> good = found.filter(key -> key.refusal() == null);
        if (good.isPresent()) {
            right.add(hash, true);
        } else {
            right.forget(hash);
        }
        return good;
    }

    /** A rollback takes the function away, together with the realms; a start after it brings them back before the right to ask. */
    private static final Set<String> NO_REALMS =
            Set.of(SqlStates.UNDEFINED_SCHEMA, SqlStates.UNDEFINED_FUNCTION, SqlStates.INSUFFICIENT_PRIVILEGE);

    private Map<String, Found> ask(Set<String> hashes) {
        try (Connection connection = database.getConnection()) {
            return find(connection, hashes);
        } catch (SQLException e) {
            if (NO_REALMS.contains(SqlStates.first(e))) {
                throw RealmGate.migrating();
            }
            throw new IllegalStateException(StaleConnection.in(e));
        }
    }

    private static Map<String, Found> find(Connection connection, Set<String> hashes) throws SQLException {
        Map<String, Found> found = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT hash, id, realm_id, user_id, role, last_used, known_networks, refusal"
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
                isDue(Sql.instant(row, "last_used")),
                networks(row.getArray("known_networks")),
                row.getString("refusal"));
    }

    private static Set<String> networks(Array known) throws SQLException {
        return known == null ? Set.of() : new HashSet<>(List.of((String[]) known.getArray()));
    }

    /** Whether it is time to note again that a key is used. */
    private static boolean isDue(Instant lastUsed) {
        return lastUsed == null || lastUsed.isBefore(Instant.now().minus(TOUCHED));
    }
}
