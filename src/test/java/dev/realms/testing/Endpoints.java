package dev.realms.testing;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every endpoint of the API, read from the resource classes that are deployed. */
public final class Endpoints {

    /**
     * @param template such as {@code /api/realms/{realmId}/servers/{id}}
     * @param body the record that the method takes, if it takes one
     * @param query the names of its query parameters
     * @param conditional whether it obeys If-Match
     */
    public record Endpoint(
            String method, String template, Optional<Class<?>> body, Set<String> query, boolean conditional) {

        public boolean isInRealm() {
            return template.contains("{realmId}");
        }

        /** Whether it is about the realm itself, not about what the realm holds. */
        public boolean isRealm() {
            return template.matches("/api/realms/\\{realmId}(/restore|/default)?");
        }

        public boolean isRow() {
            return template.contains("{id}");
        }

        /** {@code servers} and so on; empty for the realm itself. */
        public String collection() {
            String[] parts = template.split("/");
            return parts.length > 4 ? parts[4] : "";
        }

        /** Whether it answers a page of a list. */
        public boolean isList() {
            return query.contains("cursor");
        }

        public String path(String realmId, String id) {
            return template.replace("{realmId}", realmId).replace("{id}", id);
        }

        @Override
        public String toString() {
            return method + " " + template;
        }
    }

    private Endpoints() {}

    /** Read once: it takes a while. */
    public static List<Endpoint> all() {
        return Deployed.ENDPOINTS;
    }

    private static final class Deployed {

        /** The client's interfaces have the annotation, too. */
        static final List<Endpoint> ENDPOINTS = ProjectClasses.product(Path.class)
                .filter(type -> !type.isInterface())
                .flatMap(Endpoints::of)
                .toList();
    }

    /** Not the same endpoint for whoever asks for events as they come, or for an answer without its body. */
    private static boolean isEndpoint(Method method) {
        return verb(method).filter(verb -> !verb.equals(HttpMethod.HEAD)).isPresent()
                && !Arrays.asList(method.getParameterTypes()).contains(SseEventSink.class);
    }

    private static Stream<Endpoint> of(Class<?> resource) {
        return Arrays.stream(resource.getDeclaredMethods())
                .filter(Endpoints::isEndpoint)
                .map(method -> new Endpoint(
                        verb(method).orElseThrow(),
                        ("/api/" + resource.getAnnotation(Path.class).value() + "/" + below(method))
                                .replaceAll("/+", "/")
                                .replaceAll("/$", ""),
                        Arrays.stream(method.getParameterTypes())
                                .filter(Class::isRecord)
                                .<Class<?>>map(type -> type)
                                .findFirst(),
                        query(method),
                        values(method, HeaderParam.class, HeaderParam::value).contains("If-Match")));
    }

    private static Set<String> query(Method method) {
        Set<String> names = values(method, QueryParam.class, QueryParam::value);
        Arrays.stream(method.getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(BeanParam.class))
                .flatMap(parameter -> Arrays.stream(parameter.getType().getDeclaredFields()))
                .filter(field -> field.isAnnotationPresent(QueryParam.class))
                .forEach(
                        field -> names.add(field.getAnnotation(QueryParam.class).value()));
        return names;
    }

    private static <A extends Annotation> Set<String> values(Method method, Class<A> type, Function<A, String> value) {
        return Arrays.stream(method.getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(type))
                .map(parameter -> value.apply(parameter.getAnnotation(type)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Optional<String> verb(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .filter(type -> type.isAnnotationPresent(HttpMethod.class))
                .map(type -> type.getAnnotation(HttpMethod.class).value())
                .findFirst();
    }

    private static String below(Method method) {
        Path path = method.getAnnotation(Path.class);
        return path == null ? "" : path.value();
    }
}
