package dev.realms.client;

import dev.realms.web.problem.FieldError;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.rest.client.ext.ResponseExceptionMapper;

/** Makes exceptions of problems, and of whatever else is no answer: the service sends nobody elsewhere. */
final class ProblemReader implements ResponseExceptionMapper<ProblemException> {

    @Override
    public boolean handles(int status, MultivaluedMap<String, Object> headers) {
        return status >= 300;
    }

    @Override
    public ProblemException toThrowable(Response response) {
        JsonObject problem = problem(response.readEntity(String.class));
        return new ProblemException(
                response.getStatus(),
                problem.getString("code", "unknown"),
                problem.getString("detail", response.getStatusInfo().getReasonPhrase()),
                errors(problem.get("errors")),
                seconds(response.getHeaderString(HttpHeaders.RETRY_AFTER)));
    }

    private static List<FieldError> errors(JsonValue errors) {
        return errors instanceof JsonArray all
                ? all.stream()
                        .filter(JsonObject.class::isInstance)
                        .map(JsonObject.class::cast)
                        .map(error -> new FieldError(error.getString("field", ""), error.getString("message", "")))
                        .toList()
                : List.of();
    }

    /** An empty one where the answer is none, as a proxy may give it. */
    private static JsonObject problem(String body) {
        try (JsonReader json = Json.createReader(new StringReader(body))) {
            return json.readObject();
        } catch (JsonException e) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
    }

    /** The service says seconds; a proxy may say a date, which is as good as nothing. */
    private static Duration seconds(String header) {
        return header != null && header.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(header)) : null;
    }
}
