package dev.realms.web.json;

/**
 * A member of an update that may be left out: {@code null} stands for "not given, keep what is there", a Change of
 * {@code null} for "given as null, clear it". For secrets, which are never shown and so can't be sent back unchanged.
 */
public record Change<T>(T value) {

    /** Without the value. */
    @Override
    public String toString() {
        return value == null ? "Change[]" : "Change[***]";
    }
}
