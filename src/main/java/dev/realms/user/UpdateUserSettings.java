package dev.realms.user;

import dev.realms.web.json.Change;
import dev.realms.web.json.Kept;
import dev.realms.web.json.TextLength;
import jakarta.validation.constraints.Pattern;
import java.util.UUID;

/**
 * A user's new settings. Members that can't be empty keep their value when they are left out.
 *
 * @param language a language tag such as {@code en} or {@code pt-BR} (BCP 47)
 * @param currentRealmId may be left out, for the switch has a path of its own; null goes back to the default realm
 */
public record UpdateUserSettings(
        @Kept Theme theme,

        @Kept
        @TextLength(max = 35)
        @Pattern(regexp = "[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", message = "must be a language tag like en or pt-BR")
        String language,

        @Kept Boolean notifications,
        @Kept Boolean autoSave,
        @TextLength(max = 255) String defaultDatabase,
        Change<UUID> currentRealmId) {}
