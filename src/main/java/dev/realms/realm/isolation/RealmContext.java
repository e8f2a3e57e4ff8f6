package dev.realms.realm.isolation;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import java.util.UUID;

/**
 * The realm a request is about and the user in whose name it is opened. Set once; a second time throws, and so does reading it
 * unset: there is no realm to fall back to.
 */
@RequestScoped
public class RealmContext {

    private UUID realmId;
    private String ownerId;

    public void enter(UUID realmId, String ownerId) {
        if (this.realmId != null) {
            throw new IllegalStateException("The request is in a realm already");
        }
        this.realmId = realmId;
        this.ownerId = ownerId;
    }

    public UUID realmId() {
        return find().orElseThrow(() -> new IllegalStateException("The request is in no realm"));
    }

    public String ownerId() {
        realmId();
        return ownerId;
    }

    Optional<UUID> find() {
        return Optional.ofNullable(realmId);
    }
}
