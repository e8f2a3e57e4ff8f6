package dev.realms.user;

import static java.util.Objects.requireNonNullElse;

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
import java.util.UUID;

/** What a user has set for themselves. New ones hold the defaults. */
@Entity
@Table(name = "user_settings")
public class UserSettings {

    @Id
    private String id;

    @Column(name = "user_id", updatable = false)
    private String userId;

    @Enumerated(EnumType.STRING)
    private Theme theme;

    private String language;

    private boolean notifications;

    @Column(name = "auto_save")
    private boolean autoSave;

    @Column(name = "default_database")
    private String defaultDatabase;

    @Column(name = "current_realm_id")
    private UUID currentRealmId;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    protected UserSettings() {}

    UserSettings(String userId) {
        this.id = Ids.next();
        this.userId = userId;
        this.theme = Theme.LIGHT;
        this.language = "en";
        this.notifications = true;
        this.autoSave = true;
        this.createdAt = Instants.now();
        this.updatedAt = createdAt;
    }

    @PreUpdate
    void touch() {
        updatedAt = Instants.now();
    }

    void change(UpdateUserSettings input) {
        theme = requireNonNullElse(input.theme(), theme);
        language = requireNonNullElse(input.language(), language);
        notifications = requireNonNullElse(input.notifications(), notifications);
        autoSave = requireNonNullElse(input.autoSave(), autoSave);
        defaultDatabase = input.defaultDatabase();
    }

    void switchTo(UUID realmId) {
        currentRealmId = realmId;
    }

    UUID currentRealmId() {
        return currentRealmId;
    }

    /** @param isThere whether the current realm is an active one of the user; another is none */
    UserSettingsView view(boolean isThere) {
        return new UserSettingsView(
                theme, language, notifications, autoSave, defaultDatabase, isThere ? currentRealmId : null);
    }
}
