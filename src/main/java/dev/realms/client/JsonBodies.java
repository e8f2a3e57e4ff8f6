package dev.realms.client;

import dev.realms.web.json.Change;
import jakarta.annotation.Priority;
import jakarta.json.JsonValue;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.serializer.JsonbSerializer;
import jakarta.json.bind.serializer.SerializationContext;
import jakarta.json.stream.JsonGenerator;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.MessageBodyWriter;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.UUID;

/**
 * Records as the service writes and reads them: what is null is not sent, but for a change to null. Before all other readers and writers:
 * RESTEasy asks for the priority, Jersey for the nearest type and the narrowest media type.
 */
@Priority(1)
@Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
@Produces({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
final class JsonBodies implements MessageBodyReader<Record>, MessageBodyWriter<Object> {

    private final Jsonb jsonb =
            JsonbBuilder.create(new JsonbConfig().withSerializers(new TextChange(), new IdChange()));

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
            InputStream body) {
        if (type.equals((Class<?>) Tagged.class)) {
            Type value = ((ParameterizedType) generic).getActualTypeArguments()[0];
            return new Tagged<>(jsonb.fromJson(body, value), headers.getFirst(HttpHeaders.ETAG));
        }
        return jsonb.fromJson(body, generic);
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return type.isRecord() || JsonValue.class.isAssignableFrom(type);
    }

    @Override
    public void writeTo(
            Object value,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, Object> headers,
            OutputStream body) {
        jsonb.toJson(value, body);
    }

    /** JSON Binding looks for serializers by the very type, so there is one for each type that something is changed to. */
    private static final class TextChange implements JsonbSerializer<Change<String>> {

        @Override
        public void serialize(Change<String> change, JsonGenerator json, SerializationContext context) {
            write(change.value(), json);
        }
    }

    private static final class IdChange implements JsonbSerializer<Change<UUID>> {

        @Override
        public void serialize(Change<UUID> change, JsonGenerator json, SerializationContext context) {
            write(change.value(), json);
        }
    }

    private static void write(Object changed, JsonGenerator json) {
        if (changed == null) {
            json.writeNull();
        } else {
            json.write(changed.toString());
        }
    }
}
