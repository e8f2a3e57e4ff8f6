package dev.realms.realm.isolation.probe;

import dev.realms.realm.isolation.probe.IsolationVerdict.IsolationFinding;
import dev.realms.web.problem.Problem;
import dev.realms.web.problem.ProblemType;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * While isolation can't be guaranteed, nobody but administrators is served. Before authentication, which reads from the database and may
 * make users.
 */
@Provider
@PreMatching
@ApplicationScoped
@Priority(Priorities.AUTHENTICATION - 100)
public class ServingFilter implements ContainerRequestFilter {

    /** Plain names only: no spelling of another path is taken for one of these. */
    private static final Pattern ADMINISTRATION = Pattern.compile("/?admin(/[A-Za-z0-9-]+)+/?");

    @Inject
    private IsolationVerdict verdict;

    @Override
    public void filter(ContainerRequestContext request) {
        List<IsolationFinding> reasons = verdict.reasons();
        if (!reasons.isEmpty()
                && !ADMINISTRATION.matcher(request.getUriInfo().getPath(false)).matches()) {
            request.abortWith(Problem.answer(
                    ProblemType.UNAVAILABLE,
                    "Isolation can't be guaranteed: " + kinds(reasons) + ".",
                    List.of(),
                    request.getUriInfo().getRequestUri().getRawPath()));
        }
    }

    private static String kinds(List<IsolationFinding> reasons) {
        return reasons.stream().map(IsolationFinding::reason).distinct().collect(Collectors.joining(", "));
    }
}
