package dev.realms.web.json;

import dev.realms.web.body.BodyBytes;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
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
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamReadException;

/**
 * Reads every request body: one JSON object, UTF-8, of limited size, into a validated record or a {@link Patch}. Dependent,
 * because Jersey can't see through a client proxy what a reader reads, and would prefer its own.
 */
@Provider
@Dependent
@Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
public class RecordReader implements MessageBodyReader<Record> {

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
        Map<String, Object> members = parse(bytes.of(body));
        Class<? extends Record> target = type;
        return target == Patch.class ? new Patch(members) : binder.bind(members, type);
    }

    /** @throws DomainException {@code validation} */
    static Map<String, Object> parse(byte[] bytes) {
        // Decoded here: Jackson would guess the encoding.
        var text = new InputStreamReader(
                new ByteArrayInputStream(bytes),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        try (JsonParser parser = RecordJson.FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                Map<String, Object> object = object(parser, "");
                if (parser.nextToken() == null) {
                    return object;
                }
            }
        } catch (StreamReadException e) {
            TokenStreamLocation where = e.getLocation();
            throw malformed(" (line " + where.getLineNr() + ", column " + where.getColumnNr() + ")");
        } catch (JacksonIOException e) {
            throw malformed(" (not UTF-8)");
        } catch (JacksonException | NumberFormatException e) {
            // Deeper, or with a longer number or exponent, than Jackson and the JDK read.
            throw malformed("");
        }
        throw malformed("");
    }

    private static Map<String, Object> object(JsonParser parser, String within) {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            if (members.containsKey(name)) {
                throw DomainException.invalid(within + name, "is given twice");
            }
            parser.nextToken();
            members.put(name, value(parser, within.isEmpty() ? name : null));
            if (members.size() > MOST_MEMBERS) {
                throw DomainException.invalid(within + name, "is one of more than " + MOST_MEMBERS + " members");
            }
        }
        return members;
    }

    /**
     * Nobody asks for what is deeper than in a member's members or items. As values it would take fifty times its room.
     *
     * @param name of the member of the body; null for what is deeper
     */
    private static Object value(JsonParser parser, String name) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> name == null ? passed(parser, Map.of()) : object(parser, name + ".");
            case START_ARRAY -> name == null ? passed(parser, List.of()) : array(parser, name);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
            case VALUE_STRING -> parser.getString();
            default -> null;
        };
    }

    private static List<Object> array(JsonParser parser, String name) {
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (items.size() == MOST_MEMBERS) {
                throw DomainException.invalid(name, "has more than " + MOST_MEMBERS + " items");
            }
            items.add(value(parser, null));
        }
        return items;
    }

    private static Object passed(JsonParser parser, Object instead) {
        parser.skipChildren();
        return instead;
    }

    private static DomainException malformed(String where) {
        return new DomainException(ProblemType.VALIDATION, "The request body must be one JSON object" + where + ".");
    }
}
