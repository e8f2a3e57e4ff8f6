package dev.realms.client;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.ApiModel;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The client has what the description of the API has, but for what operators do and for {@code If-None-Match}: it keeps nothing that could be unchanged. */
class ClientOperationsTest {

    /** They have commands and the console for it. */
    private static final String OPERATORS = "/api/admin/(migration|executions|isolation-audit|secret-key)(/.*)?";

    /** Belongs to the console. */
    private static final String SIGN_IN = "/api/sign-in";

    @Test
    void hasEachOperationWithItsParameters() {
        Map<String, Set<String>> described = new TreeMap<>();
        ApiModel.built().operations().stream()
                .filter(operation -> operation.path().startsWith("/api/"))
                .filter(operation -> !operation.path().matches(OPERATORS + "|" + SIGN_IN))
                .forEach(operation -> described.put(
                        operation.toString(),
                        Stream.concat(operation.query().stream(), operation.headers().stream())
                                .filter(name -> !name.equals(HttpHeaders.IF_NONE_MATCH))
                                .collect(toCollection(TreeSet::new))));

        Map<String, Set<String>> offered = new TreeMap<>();
        Arrays.stream(RealmsClient.class.getMethods())
                .map(Method::getReturnType)
                .filter(type -> type.isAnnotationPresent(Path.class))
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .forEach(method -> offered.put(operation(method), parameters(method)));

        assertThat(offered).isEqualTo(described);
    }

    private static String operation(Method method) {
        String verb = Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .filter(type -> type.isAnnotationPresent(HttpMethod.class))
                .map(type -> type.getAnnotation(HttpMethod.class).value())
                .findFirst()
                .orElseThrow();
        Path below = method.getAnnotation(Path.class);
        return verb + " " + method.getDeclaringClass().getAnnotation(Path.class).value()
                + (below == null ? "" : "/" + below.value());
    }

    private static Set<String> parameters(Method method) {
        return Arrays.stream(method.getParameters())
                .flatMap(parameter -> parameter.isAnnotationPresent(BeanParam.class)
                        ? Arrays.stream(parameter.getType().getDeclaredFields())
                        : Stream.of(parameter))
                .flatMap(ClientOperationsTest::name)
                .collect(toCollection(TreeSet::new));
    }

    private static Stream<String> name(AnnotatedElement element) {
        QueryParam query = element.getAnnotation(QueryParam.class);
        HeaderParam header = element.getAnnotation(HeaderParam.class);
        return query != null ? Stream.of(query.value()) : header != null ? Stream.of(header.value()) : Stream.empty();
    }
}
