package dev.realms.web.problem;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** A problem answer (RFC 9457): {@code application/problem+json} with a {@code code} that programs can rely on. */
public final class Problem {

    public static final MediaType MEDIA_TYPE = new MediaType("application", "problem+json");

    private static final JsonProvider JSON = JsonProvider.provider();
    private static final int RETRY_AFTER_SECONDS = 5;

    private Problem() {}

    /** The answer for a problem met at {@code instance}, the path of the request. */
    public static Response answer(ProblemType type, String detail, List<FieldError> errors, String instance) {
        Response.ResponseBuilder answer = Response.status(type.status())
                .type(MEDIA_TYPE)
                .header("Cache-Control", "private, no-store")
                .entity(json(type, detail, errors, instance));
        if (type.status() == 503) {
            answer.header("Retry-After", RETRY_AFTER_SECONDS);
        }
        if (type == ProblemType.UNAUTHENTICATED) {
            answer.header("WWW-Authenticate", "Bearer");
        }
        return answer.build();
    }

    /** The body alone, for answers that do not come from JAX-RS. */
    public static String json(ProblemType type, String detail, List<FieldError> errors, String instance) {
        JsonObjectBuilder json = JSON.createObjectBuilder()
                .add("type", "urn:realms:problem:" + type.code())
                .add("title", type.title())
                .add("status", type.status())
                .add("detail", detail)
                .add("instance", instance)
                .add("code", type.code());
        if (type.status() == 400 || !errors.isEmpty()) {
            JsonArrayBuilder fields = JSON.createArrayBuilder();
            // Of no field in particular: it is the request as a whole.
            for (FieldError error : errors.isEmpty() ? List.of(new FieldError("", detail)) : errors) {
                fields.add(
                        JSON.createObjectBuilder().add("field", error.field()).add("message", error.message()));
            }
            json.add("errors", fields);
        }
        return json.build().toString();
    }
}
