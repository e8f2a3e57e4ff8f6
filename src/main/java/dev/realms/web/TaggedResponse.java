package dev.realms.web;

import dev.realms.web.json.RecordJson;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** Answers with one view and its entity tag, which every resource gives alike. The view is written once: what is sent is the text that its entity tag is of. */
public final class TaggedResponse {

    private TaggedResponse() {}

    /** 201 with {@code Location} below the collection that was posted to: a path, for the host is whatever the caller says. */
    public static Response created(UriInfo uri, String id, Record view) {
        String collection = uri.getAbsolutePath().getRawPath();
        // As a text: RESTEasy would resolve a URI.
        return tagged(Response.Status.CREATED, view)
                .header(HttpHeaders.LOCATION, collection + (collection.endsWith("/") ? "" : "/") + id)
                .build();
    }

    /** 200 with an ETag. */
    public static Response ok(Record view) {
        return tagged(Response.Status.OK, view).build();
    }

    /** 202 with an ETag: what was asked for has begun. */
    public static Response accepted(Record view) {
        return tagged(Response.Status.ACCEPTED, view).build();
    }

    /** 200 with an ETag, or 304 when the caller has this very view. */
    public static Response ok(Request request, Record view) {
        Response answer = ok(view);
        EntityTag tag = answer.getEntityTag();
        // RESTEasy does not take the weak form, which a proxy makes of it, for the same.
        return isKnown(request, tag) || isKnown(request, new EntityTag(tag.getValue(), true))
                ? Response.notModified(tag).build()
                : answer;
    }

    private static Response.ResponseBuilder tagged(Response.Status status, Record view) {
        byte[] text = RecordJson.bytes(view);
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .tag(ETags.of(text))
                .entity(text);
    }

    private static boolean isKnown(Request request, EntityTag tag) {
        try {
            Response.ResponseBuilder answer = request.evaluatePreconditions(tag);
            return answer != null && answer.build().getStatus() == 304;
        } catch (ProcessingException | IllegalArgumentException e) {
            throw new DomainException(ProblemType.VALIDATION, "A condition in the headers is no list of entity tags.");
        }
    }
}
