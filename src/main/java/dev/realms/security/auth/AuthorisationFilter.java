package dev.realms.security.auth;

import dev.realms.realm.isolation.Caller;
import dev.realms.realm.isolation.Role;
import dev.realms.web.PathTemplate;
import dev.realms.web.json.Ids;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Holds every request to the table of {@link AccessRules}. */
@Provider
@ApplicationScoped
@Priority(Priorities.AUTHORIZATION)
public class AuthorisationFilter implements ContainerRequestFilter {

    private static final Set<String> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    /** What was matched; both null when nothing was. */
    private record Question(String method, Class<?> resource, Method target) {

        Optional<String> template() {
            return resource == null || target == null ? Optional.empty() : PathTemplate.of(resource, target);
        }
    }

    /** As many as there are methods of the API: only what is matched gets in. */
    private final ConcurrentMap<Question, Optional<AccessRules.Rule>> rules = new ConcurrentHashMap<>();

    @Context
    private ResourceInfo matched;

    @Inject
    private Caller caller;

    @Inject
    private KeyUse use;

    @Override
    public void filter(ContainerRequestContext request) {
        // Which methods there are is no secret: no method of ours answers it, and WildFly answers it to anybody.
        if (request.getMethod().equals("OPTIONS")) {
            return;
        }
        Question question = new Question(request.getMethod(), matched.getResourceClass(), matched.getResourceMethod());
        boolean allowed = rules.computeIfAbsent(question, AuthorisationFilter::rule)
                .map(rule -> rule.allows(caller.role(), isKey()))
                .orElse(false);
        if (!allowed) {
            boolean changes = !READS.contains(request.getMethod());
            noteDenial(caller.role() == Role.VIEWER && changes ? "read-only" : "not-for-keys");
            throw new DomainException(ProblemType.FORBIDDEN, reason(changes));
        }
        // That there is no such realm is told by who opens realms.
        Ids.find(request.getUriInfo().getPathParameters().getFirst("realmId"))
                .filter(caller::isKeyElsewhere)
                .ifPresent(elsewhere -> noteDenial("other-realm"));
    }

    private void noteDenial(String reason) {
        caller.keyRealmId().ifPresent(own -> use.noteDenial(caller.id(), own, reason));
    }

    private static Optional<AccessRules.Rule> rule(Question question) {
        return AccessRules.rule(
                question.method(),
                question.template()
                        .orElseThrow(
                                () -> new DomainException(ProblemType.NOT_FOUND, ProblemType.NOT_FOUND.title() + ".")));
    }

    private String reason(boolean changes) {
        if (isKey() && caller.role() == Role.VIEWER && changes) {
            return "This API key reads and changes nothing.";
        }
        return isKey()
                ? "An API key works with what its realm holds and does nothing else."
                : "Your role, " + caller.role() + ", does not allow this.";
    }

    private boolean isKey() {
        return caller.keyRealmId().isPresent();
    }
}
