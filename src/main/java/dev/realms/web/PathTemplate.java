package dev.realms.web;

import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Optional;

/** The {@code @Path} of a resource method, such as {@code /realms/{realmId}/stats}: what the request matched, not how it spelled it. */
public final class PathTemplate {

    private static final String OURS = "dev.realms.";

    private PathTemplate() {}

    /** Empty for what the JAX-RS implementation adds of its own accord, such as WADL. */
    public static Optional<String> of(Class<?> resource, Method method) {
        if (!resource.getName().startsWith(OURS)) {
            return Optional.empty();
        }
        for (Class<?> type = resource; type != null; type = type.getSuperclass()) {
            Path root = type.getAnnotation(Path.class);
            if (root != null) {
                Path below = method.getAnnotation(Path.class);
                String template = "/" + root.value() + "/" + (below == null ? "" : below.value());
                return Optional.of(template.replaceAll("/+", "/").replaceAll("(?<=.)/$", ""));
            }
        }
        return Optional.empty();
    }
}
