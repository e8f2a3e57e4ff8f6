package dev.realms.web;

import dev.realms.web.json.RecordJson;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import jakarta.ws.rs.core.EntityTag;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Entity tags: a hash of what a caller sees, so they change with it whoever wrote the row, and need no column that the
 * pre-realm application would not keep.
 */
public final class ETags {

    private ETags() {}

    /** @param text of the view, as it is sent */
    static EntityTag of(byte[] text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
            return new EntityTag(Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 16)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * To be called with the row locked, before it changes.
     *
     * @param ifMatch the {@code If-Match} header, or null when the caller has no condition
     * @throws DomainException {@code stale} when none of its tags is that of the current view
     */
    public static void requireMatch(String ifMatch, Record current) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return;
        }
        String tag = "\"" + of(RecordJson.bytes(current)).getValue() + "\"";
        if (Arrays.stream(ifMatch.split(",")).map(String::strip).noneMatch(tag::equals)) {
            throw new DomainException(ProblemType.STALE, "The resource has changed since it was read.");
        }
    }
}
