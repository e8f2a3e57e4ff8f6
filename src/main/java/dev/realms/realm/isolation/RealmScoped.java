package dev.realms.realm.isolation;

import dev.realms.web.json.Ids;
import dev.realms.web.json.Instants;
import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.persistence.annotations.Multitenant;
import org.eclipse.persistence.annotations.MultitenantType;
import org.eclipse.persistence.annotations.TenantDiscriminatorColumn;

/**
 * A row of a realm. The realm is part of the primary key, so find, UPDATE and DELETE carry it, and it is written by
 * EclipseLink from the open realm, never by the application. Owned entities refer to each other by id: a relation that isn't
 * there can't be joined across realms.
 */
@MappedSuperclass
@Multitenant(MultitenantType.SINGLE_TABLE)
@TenantDiscriminatorColumn(name = "realm_id", contextProperty = RealmScoped.TENANT_PROPERTY, primaryKey = true)
public abstract class RealmScoped {

    /** The session property that holds the open realm's id, a {@link UUID}. */
    public static final String TENANT_PROPERTY = "realms.realm-id";

    @Id
    private String id;

    @Column(name = "realm_id", insertable = false, updatable = false)
    private UUID realmId;

    @Column(name = "user_id", updatable = false)
    private String userId;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    protected RealmScoped() {}

    /** A new row of the open realm, whose owner is its user. */
    protected RealmScoped(RealmContext realm) {
        id = Ids.next();
        realmId = realm.realmId();
        userId = realm.ownerId();
        createdAt = Instants.now();
    }

    public String id() {
        return id;
    }

    public UUID realmId() {
        return realmId;
    }

    public String userId() {
        return userId;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
