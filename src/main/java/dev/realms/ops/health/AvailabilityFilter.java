package dev.realms.ops.health;

import dev.realms.migration.state.RollbackStatus;
import dev.realms.realm.isolation.probe.IsolationVerdict;
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
 * Refuses with 503 while the service can't serve. While isolation can't be guaranteed, only administrators are served; from the beginning
 * of a rollback until a later start has brought the realms back, only those who lead the migration. Before authentication, which reads
 * from the database and may make users.
 */
@Provider
@PreMatching
@ApplicationScoped
@Priority(Priorities.AUTHENTICATION - 100)
public class AvailabilityFilter implements ContainerRequestFilter {

    // Plain names only: no spelling of another path is taken for one of these.
    private static final Pattern ADMINISTRATION = Pattern.compile("/?admin(/[A-Za-z0-9-]+)+/?");
    private static final Pattern MIGRATION = Pattern.compile("/?admin/(migration|executions)(/[A-Za-z0-9-]+)*/?");

    @Inject
    private IsolationVerdict isolation;

    @Inject
    private RollbackStatus rollback;

    @Override
    public void filter(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath(false);
        List<IsolationFinding> reasons = isolation.reasons();
        if (!reasons.isEmpty() && !ADMINISTRATION.matcher(path).matches()) {
            refuse(request, ProblemType.UNAVAILABLE, "Isolation can't be guaranteed: " + kinds(reasons) + ".");
        } else if (!MIGRATION.matcher(path).matches() && rollback.isTaken()) {
            refuse(
                    request,
                    ProblemType.MIGRATION_IN_PROGRESS,
                    "The database is being, or has been, taken back to before realms.");
        }
    }

    private static void refuse(ContainerRequestContext request, ProblemType type, String detail) {
        request.abortWith(Problem.answer(
                type, detail, List.of(), request.getUriInfo().getRequestUri().getRawPath()));
    }

    private static String kinds(List<IsolationFinding> reasons) {
        return reasons.stream().map(IsolationFinding::reason).distinct().collect(Collectors.joining(", "));
    }
}
