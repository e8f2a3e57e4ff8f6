package dev.realms.security.secret;

import java.util.UUID;

/** Where a sealed text is kept; it can be opened for that place only. */
public record SecretPlace(String text) {

    /** A field of a row of a realm. */
    public static SecretPlace field(UUID realmId, UUID rowId, String field) {
        return new SecretPlace(realmId + "|" + rowId + "|" + field);
    }
}
