package dev.realms.user;

import java.util.UUID;

/** A user's settings. */
public record UserSettingsView(
        Theme theme,
        String language,
        boolean notifications,
        boolean autoSave,
        String defaultDatabase,
        UUID currentRealmId) {

    static UserSettingsView of(UserSettings settings) {
        return new UserSettingsView(
                settings.theme(),
                settings.language(),
                settings.notifications(),
                settings.autoSave(),
                settings.defaultDatabase(),
                settings.currentRealmId());
    }
}
