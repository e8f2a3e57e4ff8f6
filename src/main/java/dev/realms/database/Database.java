package dev.realms.database;

import dev.realms.realm.isolation.NamedRow;
import dev.realms.realm.isolation.RealmContext;
import dev.realms.web.json.Instants;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;

/** A collection of documents on a server of the same realm. */
@Entity
@Table(name = "databases")
class Database extends NamedRow {

    private String name;

    private String description;

    /** Null until the finalization: kept as a number, it would make the pre-realm application's transactions wait for each other. */
    @Column(name = "document_count", insertable = false, updatable = false)
    private Long documentCount;

    @Column(name = "last_updated")
    private Instant lastUpdated;

    @Column(name = "server_id")
    private String serverId;

    protected Database() {}

    Database(RealmContext realm, CreateDatabase input) {
        super(realm);
        name = input.name();
        description = input.description();
        serverId = input.serverId();
        lastUpdated = createdAt();
        documentCount = 0L;
    }

    void update(UpdateDatabase input) {
        name = input.name();
        description = Objects.requireNonNullElse(input.description(), description);
        serverId = input.serverId();
        lastUpdated = Instants.now();
    }

    DatabaseView view(EntityManager em) {
        return new DatabaseView(
                id(),
                name,
                description,
                documentCount == null ? countDocuments(em) : documentCount,
                lastUpdated,
                serverId,
                createdAt(),
                updatedAt(),
                userId(),
                realmId());
    }

    private long countDocuments(EntityManager em) {
        return em.createQuery("SELECT COUNT(d.id) FROM Document d WHERE d.databaseId = :id", Long.class)
                .setParameter("id", id())
                .getSingleResult();
    }
}
