package dev.realms.testing;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every endpoint of the API, read from the resource classes that are deployed. */
public final class Endpoints {

    /**
     * @param template such as {@code /api/realms/{realmId}/servers/{id}}
     * @param body the record that the method takes, if it takes one
     */
    public record Endpoint(String method, String template, Optional<Class<?>> body) {

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

        public String path(String realmId, String id) {
            return template.replace("{realmId}", realmId).replace("{id}", id);
        }

        @Override
        public String toString() {
            return method + " " + template;
        }
    }

    private Endpoints() {}

    public static List<Endpoint> all() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.realms").stream()
                        .filter(type -> type.isAnnotatedWith(Path.class))
                        .map(JavaClass::reflect)
                        .flatMap(Endpoints::of)
                        .toList();
    }

    private static Stream<Endpoint> of(Class<?> resource) {
        return Arrays.stream(resource.getDeclaredMethods())
                .filter(method -> verb(method).isPresent())
                .map(method -> new Endpoint(
                        verb(method).orElseThrow(),
                        ("/api/" + resource.getAnnotation(Path.class).value() + "/" + below(method))
                                .replaceAll("/+", "/")
                                .replaceAll("/$", ""),
                        Arrays.stream(method.getParameterTypes())
                                .filter(Class::isRecord)
                                .<Class<?>>map(type -> type)
                                .findFirst()));
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
