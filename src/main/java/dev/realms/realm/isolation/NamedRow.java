package dev.realms.realm.isolation;

import dev.realms.web.json.Instants;
import jakarta.persistence.Column;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.PreUpdate;
import java.time.Instant;

/** A row that a realm holds as its content: it has a name, can be changed, and keeps the realm from being deleted. */
@MappedSuperclass
public abstract class NamedRow extends RealmScoped {

    @Column(name = "updated_at")
    private Instant updatedAt;

    /** What lists are sorted and searched by, written by the database. */
    @Column(name = "name_key", insertable = false, updatable = false)
    private String nameKey;

    protected NamedRow() {}

    /** A new row of the open realm, whose owner is its user. */
    protected NamedRow(RealmContext realm) {
        super(realm);
        updatedAt = createdAt();
    }

    @PreUpdate
    void touch() {
        updatedAt = Instants.now();
    }

    public Instant updatedAt() {
        return updatedAt;
    }
}
