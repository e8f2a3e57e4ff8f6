package dev.realms.realm.event;

import dev.realms.web.DescribedAs;
import dev.realms.web.Listed;
import jakarta.annotation.Nullable;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.bind.annotation.JsonbCreator;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.time.Instant;

/**
 * Something that happened in a realm or to it.
 *
 * @param details names, ids and counts, by kind: of a realm its {@code name}, and {@code previousName}; of a key its {@code apiKeyId}, {@code prefix},
 *     {@code name}, the {@code network} that it was used from, and the {@code reason} for which it was denied; of rows that moved the other realm's
 *     {@code realmId}, and how many {@code servers}, {@code databases}, {@code documents} and {@code jobs}
 */
public record RealmEventView(
        String id, @DescribedAs(EventKind.class) String kind, Instant at, EventActor actor, JsonObject details)
        implements Listed {

    /** Asked for once, which takes a while. */
    private static final JsonProvider JSON = JsonProvider.provider();

    /**
     * Who did it.
     *
     * @param userId the owner of the realm
     * @param apiKeyId of the key that was used; null where the owner was signed in
     * @param prefix by which the owner recognises the key
     */
    public record EventActor(
            String userId,
            @Nullable String apiKeyId,
            @Nullable String prefix) {}

    /** The one that JSON Binding takes, by which the client reads. */
    @JsonbCreator
    public RealmEventView {}

    /** As a row holds it. */
    public RealmEventView(
            String id, String kind, Instant at, String userId, String apiKeyId, String prefix, String details) {
        this(id, kind, at, new EventActor(userId, apiKeyId, prefix), json(details));
    }

    @Override
    public Instant createdAt() {
        return at;
    }

    private static JsonObject json(String details) {
        try (JsonReader reader = JSON.createReader(new StringReader(details))) {
            return reader.readObject();
        }
    }
}
