package dev.realms.bench.api;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/** Cursors of places that nobody has walked to. */
final class Cursors {

    private Cursors() {}

    /** @param any a cursor of the same list */
    static String at(String any, Instant createdAt, UUID id) {
        String text = new String(Base64.getUrlDecoder().decode(any), StandardCharsets.UTF_8);
        String scope = text.substring(0, text.indexOf('|'));
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((scope + "|" + createdAt + "|" + id + "||").getBytes(StandardCharsets.UTF_8));
    }
}
