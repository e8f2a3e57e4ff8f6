package dev.realms.security.auth;

import dev.realms.sql.Untyped;
import dev.realms.web.limit.RequestAddress;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Notes for the owners of API keys: when and from where a key was used, and that it was refused. None is worth failing or delaying a request for. */
@ApplicationScoped
class KeyUse {

    private static final Logger LOG = Logger.getLogger(KeyUse.class.getName());
    private static final int TIMEOUT_SECONDS = 2;

    @Resource(lookup = "java:comp/env/jdbc/realms")
    private DataSource database;

    @Inject
    private RequestAddress address;

    /** What was noted just now, until it is found out again of the key. */
    private final ExpiringCache<Boolean> used = new ExpiringCache<>();

    /** The database looks at an hour; this spares it most of a flood. */
    private final ExpiringCache<Boolean> denied = new ExpiringCache<>(Duration.ofMinutes(1));

    /** Once a minute, and at once where the key comes from a network that it never came from. */
    void note(ApiKeys.Found key) {
        String network = address.network();
        if (key.due() || !key.networks().contains(network)) {
            once(used, key.id() + network, "SELECT realms.touch_api_key(?, ?, ?)", key.id(), key.realmId(), network);
        }
    }

    /** @param reason in one word, in kebab-case */
    void noteDenial(String keyId, UUID realmId, String reason) {
        String note = "SELECT realms.note_denied_key(?, ?, ?, ?)";
        once(denied, keyId + reason, note, keyId, realmId, reason, address.network());
    }

    private void once(
            ExpiringCache<Boolean> noted, String name, String note, String keyId, UUID realmId, String... others) {
        // Without a realm there is no place for it yet.
        if (realmId == null || noted.find(name, Optional::<Boolean>empty).isPresent()) {
            return;
        }
        noted.add(name, true);
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(note)) {
            statement.setQueryTimeout(TIMEOUT_SECONDS);
            new Untyped(keyId).bind(statement, 1);
            statement.setObject(2, realmId);
            for (int i = 0; i < others.length; i++) {
                statement.setString(3 + i, others[i]);
            }
            statement.execute();
        } catch (SQLException e) {
            LOG.log(Level.FINE, "Could not note the use of key {0}", keyId);
        }
    }
}
