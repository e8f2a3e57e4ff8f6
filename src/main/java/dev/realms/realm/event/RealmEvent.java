package dev.realms.realm.event;

import dev.realms.realm.isolation.RealmScoped;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.eclipse.persistence.annotations.ReadOnly;

/** Something that happened in its realm, or to it. Written by the database alone. */
@Entity
@ReadOnly
@Table(name = "realm_events")
class RealmEvent extends RealmScoped {

    private String kind;

    /** The id of the key that acted; null where the realm's owner did. */
    @Column(name = "api_key")
    private String apiKey;

    private String prefix;

    /** A JSON object. */
    private String details;

    protected RealmEvent() {}

    RealmEventView view() {
        return new RealmEventView(id(), kind, createdAt(), userId(), apiKey, prefix, details);
    }
}
