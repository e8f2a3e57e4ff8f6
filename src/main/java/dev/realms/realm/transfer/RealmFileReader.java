package dev.realms.realm.transfer;

import dev.realms.realm.isolation.Caller;
import dev.realms.web.body.BodyBytes;
import dev.realms.web.body.BodyFile;
import dev.realms.web.body.LongRequest;
import dev.realms.web.json.JsonLines;
import dev.realms.web.json.RecordBinder;
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

/** Keeps the lines and looks at each before anything is done with them: who sends slowly, or much, must hold no transaction open. */
@Provider
@Dependent
@Consumes({JsonLines.MEDIA_TYPE, JsonLines.NEWLINE_DELIMITED, MediaType.APPLICATION_JSON})
public class RealmFileReader implements MessageBodyReader<RealmFile> {

    @Inject
    private Caller caller;

    @Inject
    private LongRequest request;

    @Inject
    private BodyBytes bytes;

    @Inject
    private BodyFile file;

    @Inject
    private RecordBinder binder;

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return type == RealmFile.class;
    }

    @Override
    public RealmFile readFrom(
            Class<RealmFile> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        request.begin(caller.userId());
        bytes.keep(body, file.path());
        return RealmFile.read(new JsonLines(file.path()), binder);
    }
}
