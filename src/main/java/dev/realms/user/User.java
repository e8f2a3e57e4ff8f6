package dev.realms.user;

import dev.realms.realm.isolation.Role;
import dev.realms.web.json.Ids;
import dev.realms.web.json.Instants;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.PreUpdate;
import jakarta.persistence.Table;
import java.time.Instant;

/** Somebody who signs in; owner of realms. E-mail addresses differ by more than case. */
@Entity
@Table(name = "users")
public class User {

    @Id
    private String id;

    private String name;

    private String email;

    private String avatar;

    @Enumerated(EnumType.STRING)
    private Role role;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    protected User() {}

    User(String name, String email, String avatar, Role role) {
        this.id = Ids.next();
        this.name = name;
        this.email = email;
        this.avatar = avatar;
        this.role = role;
        this.createdAt = Instants.now();
        this.updatedAt = createdAt;
    }

    @PreUpdate
    void touch() {
        updatedAt = Instants.now();
    }

    void change(UpdateUser input) {
        name = input.name();
        email = input.email();
        avatar = input.avatar();
        role = input.role();
    }

    public String id() {
        return id;
    }

    String email() {
        return email;
    }

    Role role() {
        return role;
    }

    Instant createdAt() {
        return createdAt;
    }

    UserView view() {
        return new UserView(id, name, email, avatar, role, createdAt, updatedAt);
    }
}
