package dev.realms.user;

import dev.realms.settings.LocalIssuerKey;
import java.util.Optional;

/**
 * Whom a verified token speaks of: an issuer's subject, and nobody else, whatever address they have.
 *
 * @param email the address, where it counts as theirs
 * @param verified whether the issuer says that it has asked for a proof of that
 * @param name what to call a new user
 */
public record Person(String issuer, String subject, Optional<String> email, boolean verified, String name) {

    boolean isLocal() {
        return issuer.equals(LocalIssuerKey.ISSUER);
    }
}
