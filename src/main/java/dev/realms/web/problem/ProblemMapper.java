package dev.realms.web.problem;

import dev.realms.sql.Causes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Every failure becomes a problem answer. The servers wrap what an EJB throws differently, so the cause that means something
 * is looked for along the chain; what is not understood is logged under an id that the caller gets instead of a stack trace.
 */
@Provider
@ApplicationScoped
public class ProblemMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = Logger.getLogger(ProblemMapper.class.getName());

    /** The request's attribute with the id of its failure. */
    private static final String INCIDENT = ProblemMapper.class.getName() + ".incident";

    @Context
    private UriInfo uri;

    @Context
    private HttpServletRequest request;

    @Override
    public Response toResponse(Throwable failure) {
        if (LostCommit.isBehind(failure)) {
            return answer(new LostCommit());
        }
        return Causes.of(failure)
                .map(this::answer)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> internal(failure));
    }

    private Optional<Response> answer(Throwable cause) {
        if (cause instanceof DomainException domain) {
            return Optional.of(answer(domain));
        }
        if (cause instanceof SQLException sql) {
            if (sql.getSQLState() == null) {
                LOG.log(Level.WARNING, "A request got no connection: {0}", sql.getMessage());
            }
            return ConstraintProblems.of(sql).map(this::answer);
        }
        if (cause instanceof WebApplicationException web) {
            return Optional.of(answer(web.getResponse()));
        }
        return Optional.empty();
    }

    private Response answer(DomainException domain) {
        return Problem.answer(domain.type(), domain.getMessage(), domain.errors(), instance());
    }

    private Response answer(Response plain) {
        int status = plain.getStatus();
        if (status < 400 || Problem.MEDIA_TYPE.equals(plain.getMediaType())) {
            return plain;
        }
        ProblemType type = ProblemType.ofStatus(status);
        Response answer = Problem.answer(type, type.title() + ".", List.of(), instance());
        String allow = plain.getHeaderString("Allow");
        return allow == null
                ? answer
                : Response.fromResponse(answer).header("Allow", allow).build();
    }

    private Response internal(Throwable failure) {
        // Jersey asks for the answer to what an EJB threw, and then for it once more.
        String id = (String) request.getAttribute(INCIDENT);
        if (id == null) {
            id = UUID.randomUUID().toString();
            request.setAttribute(INCIDENT, id);
            LOG.log(Level.SEVERE, "Request failed, incident " + id, failure);
        }
        return Problem.answer(ProblemType.INTERNAL, "Please report incident " + id + ".", List.of(), instance());
    }

    private String instance() {
        return uri.getRequestUri().getRawPath();
    }
}
