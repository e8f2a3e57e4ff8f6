package dev.realms.web.json;

import dev.realms.web.body.BodyBytes;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
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
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads every request body: one JSON object, UTF-8, of limited size, into a validated record or a {@link Patch}. Dependent,
 * because Jersey can't see through a client proxy what a reader reads, and would prefer its own.
 */
@Provider
@Dependent
@Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
public class RecordReader implements MessageBodyReader<Record> {

    private static final JsonParserFactory FACTORY = Records.JSON.createParserFactory(Map.of());

    /** More than any record has; an unknown member takes room, too. */
    private static final int MOST_MEMBERS = 200;

    @Inject
    private RecordBinder binder;

    @Inject
    private BodyBytes bytes;

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
        JsonObject json = parse(bytes.of(body));
        Class<? extends Record> target = type;
        return target == Patch.class ? new Patch(json) : binder.bind(json, type);
    }

    private static JsonObject parse(byte[] bytes) throws IOException {
        var text = new InputStreamReader(
                new ByteArrayInputStream(bytes),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.next() == JsonParser.Event.START_OBJECT) {
                JsonObject object = object(parser, "");
                if (!parser.hasNext()) {
                    return object;
                }
            }
        } catch (DomainException e) {
            throw e;
        } catch (JsonParsingException e) {
            throw malformed(" (line " + e.getLocation().getLineNumber() + ", column "
                    + e.getLocation().getColumnNumber() + ")");
        } catch (RuntimeException e) {
            // Some readers have a limit to how deep they descend, and no exception of their own to say so.
            throw malformed(e.getCause() instanceof CharacterCodingException ? " (not UTF-8)" : "");
        }
        throw malformed("");
    }

    /** Member by member, because a reader keeps the last of several members of one name, or the first, and does not say so. */
    private static JsonObject object(JsonParser parser, String within) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        while (parser.next() == JsonParser.Event.KEY_NAME) {
            String name = parser.getString();
            if (members.put(name, value(parser, within, name)) != null) {
                throw DomainException.invalid(within + name, "is given twice");
            }
            if (members.size() > MOST_MEMBERS) {
                throw DomainException.invalid(within + name, "is one of more than " + MOST_MEMBERS + " members");
            }
        }
        return Records.JSON.createObjectBuilder(new LinkedHashMap<>(members)).build();
    }

    /** Nobody asks for what is deeper than in a member's members or items. As values it would take fifty times its room. */
    private static JsonValue value(JsonParser parser, String within, String name) {
        switch (parser.next()) {
            case START_OBJECT -> {
                if (within.isEmpty()) {
                    return object(parser, name + ".");
                }
                pass(parser);
                return JsonValue.EMPTY_JSON_OBJECT;
            }
            case START_ARRAY -> {
                if (within.isEmpty()) {
                    return array(parser, name);
                }
                pass(parser);
                return JsonValue.EMPTY_JSON_ARRAY;
            }
            default -> {
                return parser.getValue();
            }
        }
    }

    private static JsonArray array(JsonParser parser, String name) {
        JsonArrayBuilder items = Records.JSON.createArrayBuilder();
        int number = 0;
        for (JsonParser.Event event = parser.next(); event != JsonParser.Event.END_ARRAY; event = parser.next()) {
            if (++number > MOST_MEMBERS) {
                throw DomainException.invalid(name, "has more than " + MOST_MEMBERS + " items");
            }
            switch (event) {
                case START_OBJECT, START_ARRAY -> {
                    pass(parser);
                    items.add(JsonValue.EMPTY_JSON_OBJECT);
                }
                default -> items.add(parser.getValue());
            }
        }
        return items.build();
    }

    /** To the end of what has begun. Not by skipping, which runs for ever where the text ends early. */
    private static void pass(JsonParser parser) {
        for (int depth = 1; depth > 0; ) {
            switch (parser.next()) {
                case START_OBJECT, START_ARRAY -> depth++;
                case END_OBJECT, END_ARRAY -> depth--;
                default -> {}
            }
        }
    }

    private static DomainException malformed(String where) {
        return new DomainException(ProblemType.VALIDATION, "The request body must be one JSON object" + where + ".");
    }
}
