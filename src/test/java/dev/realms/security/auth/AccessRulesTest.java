package dev.realms.security.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.realms.realm.isolation.Role;
import dev.realms.web.PathTemplate;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AccessRulesTest {

    private static final List<String> READS = List.of("GET", "HEAD", "OPTIONS");

    private static final List<Endpoint> ENDPOINTS = endpoints().toList();

    /** A method of the API, as JAX-RS publishes it. */
    private record Endpoint(String method, String template) {

        boolean isAllowed(Role role, boolean isKey) {
            return AccessRules.rule(method, template).orElseThrow().allows(role, isKey);
        }

        boolean isRead() {
            return READS.contains(method);
        }
    }

    @Test
    void everyEndpointHasARule() {
        assertThat(ENDPOINTS)
                .hasSizeGreaterThan(10)
                .allSatisfy(endpoint -> assertThat(AccessRules.rule(endpoint.method(), endpoint.template()))
                        .isPresent());
    }

    @Test
    void everyRuleHasAnEndpoint() {
        assertThat(AccessRules.RULES)
                .allMatch(rule -> ENDPOINTS.stream().anyMatch(one -> rule.fits(one.method(), one.template())));
    }

    @Test
    void administrationIsForAdministrators() {
        assertThat(ENDPOINTS.stream().filter(endpoint -> endpoint.template().startsWith("/admin")))
                .isNotEmpty()
                .allMatch(endpoint -> endpoint.isAllowed(Role.ADMIN, false))
                .noneMatch(endpoint -> endpoint.isAllowed(Role.USER, false))
                .noneMatch(endpoint -> endpoint.isAllowed(Role.VIEWER, false))
                .noneMatch(endpoint -> endpoint.isAllowed(Role.ADMIN, true));
    }

    @Test
    void viewersOnlyRead() {
        assertThat(ENDPOINTS.stream().filter(endpoint -> !endpoint.isRead()))
                .isNotEmpty()
                .noneMatch(endpoint -> endpoint.isAllowed(Role.VIEWER, false))
                .noneMatch(endpoint -> endpoint.isAllowed(Role.VIEWER, true));
        assertThat(endpoints()
                        .filter(Endpoint::isRead)
                        .filter(endpoint -> !endpoint.template().startsWith("/admin")))
                .isNotEmpty()
                .allMatch(endpoint -> endpoint.isAllowed(Role.VIEWER, false));
    }

    @Test
    void keysStayInTheirRealm() {
        assertThat(ENDPOINTS.stream().filter(endpoint -> endpoint.isAllowed(Role.ADMIN, true)))
                .isNotEmpty()
                .allMatch(endpoint -> endpoint.template().equals("/realms/current")
                        || endpoint.template().startsWith("/realms/{realmId}"));
    }

    @Test
    void keysChangeNeitherKeysNorTheirRealmItself() {
        assertThat(ENDPOINTS.stream().filter(endpoint -> !endpoint.isRead()))
                .filteredOn(
                        endpoint -> endpoint.template().matches("/realms/\\{realmId}(/restore|/default|/api-keys.*)?"))
                .isNotEmpty()
                .noneMatch(endpoint -> endpoint.isAllowed(Role.ADMIN, true));
    }

    @Test
    void whatNoRuleFitsIsClosed() {
        assertThat(AccessRules.rule("GET", "/application.wadl")).isEmpty();
        assertThat(AccessRules.rule("GET", "/realms/{id}/servers")).isEmpty();
        assertThat(AccessRules.rule("TRACE", "/realms")).isEmpty();
    }

    private static Stream<Endpoint> endpoints() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.realms").stream()
                        // The client's interfaces have the annotation, too.
                        .filter(type -> type.isAnnotatedWith(Path.class) && !type.isInterface())
                        .map(JavaClass::reflect)
                        .flatMap(resource -> Arrays.stream(resource.getDeclaredMethods())
                                .flatMap(method -> endpoints(resource, method)));
    }

    private static Stream<Endpoint> endpoints(Class<?> resource, Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(verb -> verb != null)
                .map(verb -> new Endpoint(
                        verb.value(), PathTemplate.of(resource, method).orElseThrow()));
    }
}
