package dev.realms.web.json;

import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import tools.jackson.core.exc.JacksonIOException;

/**
 * Writes records as JSON while they are sent: two hundred callers at a time may be handed the longest pages that there are. Long answers
 * are compressed for who asks for it. A view with an entity tag is none of these: its text was written before, for the tag.
 */
@Provider
@Produces(MediaType.APPLICATION_JSON)
public class RecordWriter implements MessageBodyWriter<Record> {

    /** Bytes. What is smaller fits into two or three packets anyway. */
    private static final int WORTH_COMPRESSING = 4096;

    private static final String GZIP = "gzip";

    /** Any weight (RFC 9110, 12.4.2) but 0, which means "not at all". */
    private static final Predicate<String> GZIP_WITH_WEIGHT =
            Pattern.compile("(?i)\\s*gzip\\s*(;\\s*q=(?!0(\\.0*)?\\s*$).*)?").asMatchPredicate();

    /** At the level that takes half of the time and, of such texts, a tenth more room. Leaves what it writes to open. */
    private static final class Compressed extends GZIPOutputStream {

        private Compressed(OutputStream out) throws IOException {
            super(out, WORTH_COMPRESSING);
            def.setLevel(Deflater.BEST_SPEED);
        }

        /** What was not finished is not to look as if it were. */
        @Override
        public void close() {
            def.end();
        }
    }

    /** Holds back the beginning: an answer that ends there is sent with its length, of a longer one the headers say how it is sent. */
    private static final class Answer extends OutputStream {

        private final ByteArrayOutputStream beginning = new ByteArrayOutputStream(WORTH_COMPRESSING);
        private final MultivaluedMap<String, Object> headers;
        private final boolean gzip;
        private final OutputStream out;
        private OutputStream rest;

        private Answer(MultivaluedMap<String, Object> headers, boolean gzip, OutputStream out) {
            this.headers = headers;
            this.gzip = gzip;
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (rest == null && beginning.size() + length >= WORTH_COMPRESSING) {
                begin();
            }
            (rest == null ? beginning : rest).write(bytes, offset, length);
        }

        private void begin() throws IOException {
            headers.putSingle(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
            if (gzip) {
                headers.putSingle(HttpHeaders.CONTENT_ENCODING, GZIP);
            }
            rest = gzip ? new Compressed(out) : out;
            beginning.writeTo(rest);
        }

        private void finish() throws IOException {
            if (rest == null) {
                headers.putSingle(HttpHeaders.CONTENT_LENGTH, beginning.size());
                beginning.writeTo(out);
            } else if (rest instanceof Compressed compressed) {
                compressed.finish();
            }
        }

        @Override
        public void close() {
            if (rest instanceof Compressed compressed) {
                compressed.close();
            }
        }
    }

    @Context
    private HttpHeaders sent;

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return type.isRecord();
    }

    @Override
    public void writeTo(
            Record view,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, Object> headers,
            OutputStream out)
            throws IOException {
        try (Answer answer = new Answer(headers, isGzipWanted(), out)) {
            RecordJson.write(view, answer);
            answer.finish();
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
    }

    /** Not by JAX-RS's own choice of variants, which on Payara takes a weight of 0 for a wish. */
    private boolean isGzipWanted() {
        String accepted = sent.getHeaderString(HttpHeaders.ACCEPT_ENCODING);
        return accepted != null && Arrays.stream(accepted.split(",")).anyMatch(GZIP_WITH_WEIGHT);
    }
}
