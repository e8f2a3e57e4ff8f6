package dev.realms.migration.control;

import dev.realms.migration.state.RollbackStatus;
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

/** From the beginning of a rollback until a later start has brought the realms back nobody is served but who leads the migration. */
@Provider
@PreMatching
@ApplicationScoped
@Priority(Priorities.AUTHENTICATION - 90)
public class RollbackFilter implements ContainerRequestFilter {

    /** Plain names only: no spelling of another path is taken for one of these. */
    private static final Pattern MIGRATION = Pattern.compile("/?admin/(migration|executions)(/[A-Za-z0-9-]+)*/?");

    @Inject
    private RollbackStatus wayBack;

    @Override
    public void filter(ContainerRequestContext request) {
        if (!MIGRATION.matcher(request.getUriInfo().getPath(false)).matches() && wayBack.isTaken()) {
            request.abortWith(Problem.answer(
                    ProblemType.MIGRATION_IN_PROGRESS,
                    "The database is being, or has been, taken back to before realms.",
                    List.of(),
                    request.getUriInfo().getRequestUri().getRawPath()));
        }
    }
}
