package dev.realms.web;

import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;

/** The answers every resource gives alike. */
public final class Answers {

    private Answers() {}

    /** 201 with {@code Location} below the collection that was posted to: a path, for the host is whatever the caller says. */
    public static Response created(UriInfo uri, UUID id, Record view) {
        String collection = uri.getAbsolutePath().getRawPath();
        // As a text: RESTEasy would resolve a URI.
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.LOCATION, collection + (collection.endsWith("/") ? "" : "/") + id)
                .tag(ETags.of(view))
                .entity(view)
                .build();
    }

    /** 200 with an ETag. */
    public static Response one(Record view) {
        return Response.ok(view).tag(ETags.of(view)).build();
    }

    /** 200 with an ETag, or 304 when the caller has this very view. */
    public static Response one(Request request, Record view) {
        EntityTag tag = ETags.of(view);
        Response.ResponseBuilder notModified = evaluate(request, tag);
        return notModified != null && notModified.build().getStatus() == 304
                ? notModified.tag(tag).build()
                : Response.ok(view).tag(tag).build();
    }

    private static Response.ResponseBuilder evaluate(Request request, EntityTag tag) {
        try {
            return request.evaluatePreconditions(tag);
        } catch (ProcessingException | IllegalArgumentException e) {
            throw new DomainException(ProblemType.VALIDATION, "A condition in the headers is no list of entity tags.");
        }
    }
}
