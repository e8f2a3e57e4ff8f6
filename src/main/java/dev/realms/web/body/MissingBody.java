package dev.realms.web.body;

import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * A request without a body counts as one with an empty object, so that what is missing is named and what may be left out is not
 * asked for; any other body must say what it is. Left alone, the servers disagree: null, 415 or 500. Before matching, because RESTEasy
 * matches by content type; by the headers alone, because {@code hasEntity} may wait for ever, and nobody knows yet who is calling.
 */
@Provider
@PreMatching
public class MissingBody implements ContainerRequestFilter {

    private static final Set<String> WRITES = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

    @Override
    public void filter(ContainerRequestContext request) {
        if (!WRITES.contains(request.getMethod())) {
            return;
        }
        if (hasNone(request)) {
            request.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
            request.setEntityStream(new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8)));
        } else if (request.getHeaderString(HttpHeaders.CONTENT_TYPE) == null) {
            throw new DomainException(ProblemType.UNSUPPORTED_MEDIA_TYPE, "A request body needs a Content-Type.");
        }
    }

    private static boolean hasNone(ContainerRequestContext request) {
        String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        return length == null
                ? request.getHeaderString("Transfer-Encoding") == null
                : length.strip().equals("0");
    }
}
