package dev.realms.web.idempotency;

import dev.realms.web.json.RecordJson;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.UUID;

/** Who asked for what under which key; of the body only the hash, which is kept sealed. The path names the act, the realm and the row, not the URL. */
public final class IdempotentRequest {

    private final UUID userId;
    private final String path;
    private final String key;
    private final byte[] hash;

    IdempotentRequest(UUID userId, String path, String key, byte[] hash) {
        this.userId = userId;
        this.path = path;
        this.key = key;
        this.hash = hash;
    }

    /** @throws DomainException {@code idempotency-key-reused} when the first request with the key had another hash */
    void requireHash(byte[] first) {
        if (!MessageDigest.isEqual(hash, first)) {
            throw new DomainException(
                    ProblemType.IDEMPOTENCY_KEY_REUSED, "This Idempotency-Key came with another request before.");
        }
    }

    /** The text that is sent as this answer; null when it has none. */
    static String text(Response answer) {
        return answer.getEntity() instanceof Record view
                ? RecordJson.text(view)
                : answer.getEntity() instanceof byte[] text ? new String(text, StandardCharsets.UTF_8) : null;
    }

    UUID userId() {
        return userId;
    }

    String path() {
        return path;
    }

    String key() {
        return key;
    }

    byte[] hash() {
        return hash;
    }
}
