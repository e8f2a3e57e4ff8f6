package dev.realms.http;

import dev.realms.problem.DomainException;
import dev.realms.problem.ProblemType;
import dev.realms.settings.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParsingException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Reads every request body: one JSON object, UTF-8, of limited size, into a validated record or a {@link Patch}. Dependent,
 * because Jersey can't see through a client proxy what a reader reads, and would prefer its own.
 */
@Provider
@Dependent
@Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
public class RecordReader implements MessageBodyReader<Record> {

    private static final JsonReaderFactory FACTORY = Json.createReaderFactory(Map.of());

    @Inject
    private RecordBinder binder;

    @Inject
    @ConfigProperty(name = Settings.MAX_BODY_BYTES, defaultValue = "1048576")
    private int maxBytes;

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return type.isRecord();
    }

    @Override
    public Record readFrom(
            Class<Record> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        JsonObject json = parse(limited(body));
        Class<? extends Record> target = type;
        return target == Patch.class ? new Patch(json) : binder.bind(json, type);
    }

    private byte[] limited(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(maxBytes + 1);
        if (bytes.length > maxBytes) {
            throw new DomainException(ProblemType.TOO_LARGE, "The request body is larger than " + maxBytes + " bytes.");
        }
        return bytes;
    }

    private static JsonObject parse(byte[] bytes) throws IOException {
        var text = new InputStreamReader(
                new ByteArrayInputStream(bytes),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        try (JsonReader reader = FACTORY.createReader(text)) {
            JsonValue json = reader.readValue();
            if (json instanceof JsonObject object) {
                return object;
            }
        } catch (JsonParsingException e) {
            throw malformed(" (line " + e.getLocation().getLineNumber() + ", column "
                    + e.getLocation().getColumnNumber() + ")");
        } catch (RuntimeException e) {
            // Some readers have a limit to how deep they descend, and no exception of their own to say so.
            throw malformed(e.getCause() instanceof CharacterCodingException ? " (not UTF-8)" : "");
        } catch (StackOverflowError e) {
            throw malformed("");
        }
        throw malformed("");
    }

    private static DomainException malformed(String where) {
        return new DomainException(ProblemType.VALIDATION, "The request body must be one JSON object" + where + ".");
    }
}
