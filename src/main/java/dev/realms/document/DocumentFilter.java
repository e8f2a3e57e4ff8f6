package dev.realms.document;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Which documents a list shows; null stands for any. */
public record DocumentFilter(UUID databaseId, DocumentState state, String type) {

    Map<String, Object> values() {
        Map<String, Object> values = new HashMap<>();
        values.put("databaseId", databaseId);
        values.put("state", state);
        values.put("type", type);
        return values;
    }
}
