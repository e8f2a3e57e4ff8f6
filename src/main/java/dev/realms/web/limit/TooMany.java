package dev.realms.web.limit;

import dev.realms.web.problem.Problem;
import dev.realms.web.problem.ProblemType;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** 429, with the time after which it is worth another try. */
final class TooMany {

    private TooMany() {}

    static Response answer(ContainerRequestContext request, String detail, Allowances.Left left) {
        String instance = request.getUriInfo().getRequestUri().getRawPath();
        return Response.fromResponse(Problem.answer(ProblemType.TOO_MANY_REQUESTS, detail, List.of(), instance))
                .header(HttpHeaders.RETRY_AFTER, Math.max(1, left.nextInSeconds()))
                .build();
    }
}
