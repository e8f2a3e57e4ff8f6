package dev.realms.web.json;

import dev.realms.web.body.BodyBytes;
import dev.realms.web.body.BodyFile;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/** Keeps a body of lines in a file before anything is done with it: who sends slowly must hold no transaction open. */
@Provider
@Dependent
@Consumes({JsonLines.MEDIA_TYPE, JsonLines.NEWLINE_DELIMITED})
public class JsonLinesReader implements MessageBodyReader<JsonLines> {

    @Inject
    private BodyBytes bytes;

    @Inject
    private BodyFile file;

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return type == JsonLines.class;
    }

    @Override
    public JsonLines readFrom(
            Class<JsonLines> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        return new JsonLines(file.path(), bytes.keep(body, file.path()));
    }
}
