package dev.realms.job;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Which jobs a list shows; null stands for any. */
public record JobFilter(UUID documentId, JobStatus status) {

    Map<String, Object> values() {
        Map<String, Object> values = new HashMap<>();
        values.put("documentId", documentId);
        values.put("status", status);
        return values;
    }
}
