package dev.realms.user;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** What a user has set for themselves. */
@Entity
@Table(name = "user_settings")
public class UserSettings {

    @Id
    private UUID id;

    @Column(name = "user_id", updatable = false)
    private UUID userId;

    protected UserSettings() {}
}
