package dev.realms.realm;

import dev.realms.web.Cursor;
import dev.realms.web.json.Instants;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.PreUpdate;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/**
 * A workspace of one owner. Exactly one of an owner's realms is the default; it is active and stays so. Active names are unique
 * per owner whatever their case or Unicode form, which a unique index of the database keeps.
 */
@Entity
@Table(name = "realms")
public class Realm {

    @Id
    private UUID id;

    private String name;

    private String description;

    @Column(name = "user_id", updatable = false)
    private String userId;

    @Column(name = "is_default")
    private boolean isDefault;

    @Column(name = "is_active")
    private boolean isActive;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    /** Of one that was deleted with what it holds. */
    @Column(name = "content_kept_until")
    private Instant contentKeptUntil;

    /** What lists are sorted and searched by, written by the database. */
    @Column(name = "name_key", insertable = false, updatable = false)
    private String nameKey;

    protected Realm() {}

    Realm(String userId, String name, String description) {
        this.id = UUID.randomUUID();
        this.userId = userId;
        this.name = name;
        this.description = description;
        this.isActive = true;
        this.createdAt = Instants.now();
        this.updatedAt = createdAt;
    }

    @PreUpdate
    void touch() {
        updatedAt = Instants.now();
    }

    void rename(String name, String description) {
        this.name = name;
        this.description = description;
    }

    /** @throws DomainException {@code default-realm} */
    void deactivate() {
        if (isDefault) {
            throw new DomainException(
                    ProblemType.DEFAULT_REALM,
                    "The default realm can be neither deleted nor deactivated; hand the default over first.");
        }
        isActive = false;
    }

    /** Together with what it holds. */
    void deactivate(Instant contentKeptUntil) {
        deactivate();
        this.contentKeptUntil = contentKeptUntil;
    }

    void restore() {
        isActive = true;
        contentKeptUntil = null;
    }

    void becomeDefault() {
        isDefault = true;
    }

    void handOverDefault() {
        isDefault = false;
    }

    /** Its place in a list of realms. @param first which realm has the first place, whatever its age */
    Cursor.Position position(String first) {
        return new Cursor.Position(
                id.toString().equals(first) ? Instant.EPOCH : createdAt, id.toString(), first, nameKey);
    }

    boolean isNamed(String name) {
        return this.name.equals(name);
    }

    UUID id() {
        return id;
    }

    boolean isDefault() {
        return isDefault;
    }

    boolean isActive() {
        return isActive;
    }

    RealmView view() {
        return new RealmView(id, name, description, isDefault, isActive, createdAt, updatedAt, contentKeptUntil);
    }
}
