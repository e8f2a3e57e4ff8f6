package dev.realms.auth;

import dev.realms.http.PathTemplate;
import dev.realms.isolation.Caller;
import dev.realms.problem.DomainException;
import dev.realms.problem.ProblemType;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;

/** Holds every request to the table of {@link Access}. */
@Provider
@ApplicationScoped
@Priority(Priorities.AUTHORIZATION)
public class AuthorisationFilter implements ContainerRequestFilter {

    @Context
    private ResourceInfo matched;

    @Inject
    private Caller caller;

    @Override
    public void filter(ContainerRequestContext request) {
        // Which methods there are is no secret: no method of ours answers it, and WildFly answers it to anybody.
        if (request.getMethod().equals("OPTIONS")) {
            return;
        }
        String template = template()
                .orElseThrow(() -> new DomainException(ProblemType.NOT_FOUND, ProblemType.NOT_FOUND.title() + "."));
        boolean allowed = Access.rule(request.getMethod(), template)
                .map(rule -> rule.allows(caller.role(), isKey()))
                .orElse(false);
        if (!allowed) {
            throw new DomainException(ProblemType.FORBIDDEN, reason());
        }
    }

    private Optional<String> template() {
        return matched.getResourceClass() == null || matched.getResourceMethod() == null
                ? Optional.empty()
                : PathTemplate.of(matched.getResourceClass(), matched.getResourceMethod());
    }

    private String reason() {
        return isKey()
                ? "An API key works with what its realm holds and does nothing else."
                : "Your role, " + caller.role() + ", does not allow this.";
    }

    private boolean isKey() {
        return caller.keyRealmId().isPresent();
    }
}
