package dev.realms.client;

import dev.realms.web.problem.FieldError;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.io.StringReader;
import java.time.Duration;
import org.eclipse.microprofile.rest.client.ext.ResponseExceptionMapper;

/** Makes exceptions of problems. */
final class ProblemReader implements ResponseExceptionMapper<ProblemException> {

    @Override
    public boolean handles(int status, MultivaluedMap<String, Object> headers) {
        return status >= 400;
    }

    @Override
    public ProblemException toThrowable(Response response) {
        JsonObject problem = problem(response.readEntity(String.class));
        return new ProblemException(
                response.getStatus(),
                problem.getString("code", "unknown"),
                problem.getString("detail", response.getStatusInfo().getReasonPhrase()),
                problem
                        .getOrDefault("errors", JsonValue.EMPTY_JSON_ARRAY)
                        .asJsonArray()
                        .getValuesAs(JsonObject.class)
                        .stream()
                        .map(error -> new FieldError(error.getString("field"), error.getString("message")))
                        .toList(),
                seconds(response.getHeaderString(HttpHeaders.RETRY_AFTER)));
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
