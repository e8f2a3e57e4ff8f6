package dev.realms.realm.isolation;

import jakarta.enterprise.context.RequestScoped;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Who sent the request. Set once, by authentication; reading it before that is a defect and throws. */
@RequestScoped
public class Caller {

    private String userId;
    private Role role;
    private UUID keyRealmId;
    private String keyHash;
    private String id;

    /** A person, who may open every realm of theirs. */
    public void isUser(String userId, Role role) {
        requireUnset();
        this.userId = userId;
        this.role = role;
        this.id = userId;
    }

    /**
     * An API key, which acts for its owner in its one realm and nowhere else.
     *
     * @param keyHash by which the database finds it: what is known of it here may be a moment old
     */
    public void isKey(String keyId, String ownerId, Role role, UUID realmId, String keyHash) {
        // Without one it would be taken for a person.
        Objects.requireNonNull(realmId);
        isUser(ownerId, role);
        this.keyRealmId = realmId;
        this.keyHash = keyHash;
        this.id = keyId;
    }

    /** The user's id, or the API key's own. */
    public String id() {
        requireSet();
        return id;
    }

    public String userId() {
        requireSet();
        return userId;
    }

    public Role role() {
        requireSet();
        return role;
    }

    /** The one realm that an API key opens; empty for a person. */
    public Optional<UUID> keyRealmId() {
        requireSet();
        return Optional.ofNullable(keyRealmId);
    }

    /** Whether it is an API key, and one of another realm. */
    public boolean isKeyElsewhere(UUID realmId) {
        return keyRealmId().filter(own -> !own.equals(realmId)).isPresent();
    }

    /** What the database is asked for once more when the key opens its realm; empty for a person, and for nobody. */
    Optional<String> keyHash() {
        return Optional.ofNullable(keyHash);
    }

    /** The one realm that an API key opens; empty for a person, and for nobody. */
    Optional<UUID> keyRealm() {
        return Optional.ofNullable(keyRealmId);
    }

    /** Empty for a person, and for nobody. */
    Optional<String> keyId() {
        return Optional.ofNullable(keyRealmId).map(realm -> id);
    }

    private void requireSet() {
        if (userId == null) {
            throw new IllegalStateException("Nobody is signed in");
        }
    }

    private void requireUnset() {
        if (userId != null) {
            throw new IllegalStateException("Somebody is signed in already");
        }
    }
}
