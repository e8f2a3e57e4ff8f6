package dev.realms.web;

import dev.realms.web.json.RecordJson;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import jakarta.ws.rs.core.EntityTag;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Entity tags: a hash of what a caller sees, so they change with it whoever wrote the row, and need no column that the
 * pre-realm application would not keep.
 */
public final class ETags {

    /** In a condition. We give no weak tag: one that is weak is ours, and a proxy has called it so because it has compressed the answer. */
    private static final Pattern TAG = Pattern.compile("(?:W/)?\"([^\"]*)\"");

    private ETags() {}

    /** @param text of what is tagged, as it is sent */
    public static EntityTag of(byte[] text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
            return new EntityTag(Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 16)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As a header, for who has no JAX-RS to write it. */
    public static String text(EntityTag tag) {
        return "\"" + tag.getValue() + "\"";
    }

    /** The values of the tags that a condition names, weak ones too. */
    public static Stream<String> named(String condition) {
        return TAG.matcher(condition).results().map(tag -> tag.group(1));
    }

    /** @param condition such as {@code If-None-Match}, or null */
    public static boolean isNamed(String condition, EntityTag tag) {
        return condition != null
                && (condition.strip().equals("*") || named(condition).anyMatch(tag.getValue()::equals));
    }

    /**
     * To be called with the row locked, before it changes.
     *
     * @param ifMatch the {@code If-Match} header, or null when the caller has no condition
     * @throws DomainException {@code stale} when none of its tags is that of the current view
     */
    public static void requireMatch(String ifMatch, Record current) {
        if (ifMatch != null && !isNamed(ifMatch, of(RecordJson.bytes(current)))) {
            throw new DomainException(ProblemType.STALE, "The resource has changed since it was read.");
        }
    }
}
