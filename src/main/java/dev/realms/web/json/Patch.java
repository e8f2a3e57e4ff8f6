package dev.realms.web.json;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/**
 * A JSON merge patch (RFC 7396) for one flat object: the given members replace the current ones. A member given as null stays
 * in the result as null, so that a required one is refused by name instead of vanishing.
 */
public record Patch(JsonObject members) {

    /** The whole update that this patch makes of the current values; validated like any update. */
    public <T extends Record> T applyTo(T current, Class<T> type, RecordBinder binder) {
        JsonObjectBuilder merged = Records.JSON.createObjectBuilder();
        Records.json(current).forEach((name, value) -> {
            // A secret's current value is unknown here: left out, it is kept.
            if (!isSecret(type, name)) {
                merged.add(name, value);
            }
        });
        members.forEach(merged::add);
        return binder.bind(merged.build(), members.keySet(), type);
    }

    /** Without the values, which may be credentials. */
    @Override
    public String toString() {
        return "Patch" + members.keySet();
    }

    private static boolean isSecret(Class<? extends Record> type, String name) {
        for (var component : type.getRecordComponents()) {
            if (component.getName().equals(name)) {
                return component.getType() == Change.class;
            }
        }
        return false;
    }
}
