package dev.realms.ops.execution;

import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/** Parameters of a job as they may be shown: whoever starts one with the server's own tools can pass anything, secrets too. */
final class ShownParameters {

    /** Those that our job XMLs name. */
    static final Set<String> KNOWN = Set.of("run", "stateMoved");

    private static final String HIDDEN = "***";

    private ShownParameters() {}

    /** @param parameters null where a repository keeps none */
    static Map<String, String> of(Properties parameters) {
        Map<String, String> shown = new TreeMap<>();
        if (parameters != null) {
            parameters
                    .stringPropertyNames()
                    .forEach(name -> shown.put(name, KNOWN.contains(name) ? parameters.getProperty(name) : HIDDEN));
        }
        return shown;
    }
}
