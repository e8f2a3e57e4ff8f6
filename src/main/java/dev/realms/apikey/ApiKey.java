package dev.realms.apikey;

import dev.realms.realm.isolation.NamedRow;
import dev.realms.realm.isolation.RealmContext;
import dev.realms.web.json.Instants;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** A key that opens its realm. Holds hashes, or the key itself where it is from before realms. */
@Entity
@Table(name = "api_keys")
class ApiKey extends NamedRow {

    private String name;

    private String key;

    private String prefix;

    @Enumerated(EnumType.STRING)
    @Column(updatable = false)
    private KeyAccess access;

    @Column(updatable = false)
    private Instant created;

    /** Written by the database when the key is presented. */
    @Column(name = "last_used", insertable = false, updatable = false)
    private Instant lastUsed;

    @Column(name = "last_used_network", insertable = false, updatable = false)
    private String lastUsedNetwork;

    @Column(name = "expires_at")
    private Instant expiresAt;

    @Column(name = "revoked_at")
    private Instant revokedAt;

    @Column(name = "previous_key")
    private String previousKey;

    @Column(name = "previous_key_expires_at")
    private Instant previousKeyExpiresAt;

    protected ApiKey() {}

    /** @param plain the key itself, of which only the hash and the prefix are kept */
    ApiKey(RealmContext realm, CreateApiKey input, String plain) {
        super(realm);
        name = input.name();
        access = input.access();
        expiresAt = input.expiresAt();
        created = createdAt();
        keep(plain);
    }

    /** @throws DomainException {@code validation} when a new expiry has passed already: that is what revoking is for */
    void update(UpdateApiKey input) {
        if (!Objects.equals(expiresAt, input.expiresAt()) && isPast(input.expiresAt())) {
            throw DomainException.invalid("expiresAt", "must be a future date");
        }
        name = input.name();
        expiresAt = input.expiresAt();
        if (expiresAt != null) {
            keepNoPlainText();
        }
    }

    /**
     * Puts a new key in the old one's place.
     *
     * @param grace for how long the old one goes on working; none ends the one before it, too
     * @throws DomainException {@code wrong-state} when the key is revoked or has expired, or when the one before it would lose the
     *     grace that it was given
     */
    void rotate(String plain, Duration grace) {
        if (revokedAt != null || isPast(expiresAt)) {
            throw new DomainException(
                    ProblemType.WRONG_STATE,
                    "The key " + (revokedAt != null ? "is revoked" : "has expired") + "; make a new one instead.");
        }
        if (!grace.isZero() && previousKeyExpiresAt != null && !isPast(previousKeyExpiresAt)) {
            throw new DomainException(
                    ProblemType.WRONG_STATE,
                    "The key before this one still works, until " + previousKeyExpiresAt
                            + "; wait, or rotate with graceSeconds 0, which ends both.");
        }
        previousKey = grace.isZero() ? null : ApiKeyFormat.hashOf(key);
        previousKeyExpiresAt = grace.isZero() ? null : Instants.now().plus(grace);
        keep(plain);
    }

    void revoke() {
        if (revokedAt == null) {
            revokedAt = Instants.now();
            keepNoPlainText();
        }
    }

    /** The pre-realm application honours whatever stands there in plain, and knows no expiry. */
    private void keepNoPlainText() {
        key = ApiKeyFormat.isKept(key) ? key : ApiKeyFormat.kept(key);
    }

    private void keep(String plain) {
        key = ApiKeyFormat.kept(plain);
        prefix = ApiKeyFormat.prefix(plain);
    }

    private static boolean isPast(Instant instant) {
        return instant != null && !instant.isAfter(Instants.now());
    }

    ApiKeyView view() {
        return new ApiKeyView(
                id(),
                name,
                prefix,
                access,
                created,
                lastUsed,
                lastUsedNetwork,
                expiresAt,
                revokedAt,
                previousKeyExpiresAt,
                createdAt(),
                updatedAt(),
                userId(),
                realmId());
    }
}
