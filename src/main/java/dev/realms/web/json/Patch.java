package dev.realms.web.json;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.lang.reflect.RecordComponent;

/**
 * A JSON merge patch (RFC 7396) for one flat object: the given members replace the current ones. A member given as null stays
 * in the result as null, so that a required one is refused by name instead of vanishing.
 */
public record Patch(JsonObject members) {

    /**
     * The whole update that this patch makes of a resource; validated like any update.
     *
     * @param current the resource as callers see it, of which the update takes the members that it has, too
     */
    public <T extends Record> T applyTo(Record current, Class<T> type, RecordBinder binder) {
        JsonObjectBuilder merged = Records.JSON.createObjectBuilder();
        JsonObject values = Records.json(current);
        for (RecordComponent component : type.getRecordComponents()) {
            JsonValue value = values.get(component.getName());
            // What may be left out keeps its value, which may be a secret that is unknown here.
            if (value != null && component.getType() != Change.class) {
                merged.add(component.getName(), value);
            }
        }
        members.forEach(merged::add);
        return binder.bind(merged.build(), members.keySet(), type);
    }

    /** Without the values, which may be credentials. */
    @Override
    public String toString() {
        return "Patch" + members.keySet();
    }
}
