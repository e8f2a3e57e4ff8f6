package dev.realms.web.json;

import java.util.Map;

/**
 * A JSON merge patch (RFC 7396) for one flat object: the given members replace the current ones. A member given as null counts as
 * given, so that a required one is refused by name instead of vanishing.
 *
 * @param members as {@link RecordBinder} takes them
 */
public record Patch(Map<String, Object> members) {

    /**
     * The whole update that this patch makes of a resource; validated like any update.
     *
     * @param current the resource as callers see it, of which the update takes the members that it has, too
     */
    public <T extends Record> T applyTo(Record current, Class<T> type, RecordBinder binder) {
        return binder.bind(members, type, current);
    }

    /** Without the values, which may be credentials. */
    @Override
    public String toString() {
        return "Patch" + members.keySet();
    }
}
