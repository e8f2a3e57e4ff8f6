package dev.realms.web.json;

import dev.realms.web.Page;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Writes views, which are records, as JSON; long lists compressed for who asks for it. Nothing else is: a single view is shorter than
 * what compressing it would spare, and its entity tag is that of its text.
 */
@Provider
@Produces(MediaType.APPLICATION_JSON)
public class RecordWriter implements MessageBodyWriter<Record> {

    /** Bytes. What is smaller fits into two or three packets anyway. */
    private static final int WORTH_COMPRESSING = 4096;

    private static final String GZIP = "gzip";

    /** At the level that takes half of the time and, of such texts, a tenth more room. Leaves what it writes to open. */
    private static final class Compressed extends GZIPOutputStream {

        private static final int BUFFER = 4096;

        private Compressed(OutputStream out) throws IOException {
            super(out, BUFFER);
            def.setLevel(Deflater.BEST_SPEED);
        }

        /** What was not finished is not to look as if it were. */
        @Override
        public void close() {
            def.end();
        }
    }

    /** Any weight (RFC 9110, 12.4.2) but 0, which means "not at all". */
    private static final Predicate<String> GZIP_WITH_WEIGHT =
            Pattern.compile("(?i)\\s*gzip\\s*(;\\s*q=(?!0(\\.0*)?\\s*$).*)?").asMatchPredicate();

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
        if (view instanceof Page<?> page) {
            write(page, headers, out);
        } else {
            writeWhole(bytes(Records.text(view)), headers, out);
        }
    }

    /** Piece by piece: two hundred callers at a time may be handed the longest pages that there are. */
    private void write(Page<?> page, MultivaluedMap<String, Object> headers, OutputStream out) throws IOException {
        Iterator<String> pieces = JsonText.pieces(page);
        byte[] first = bytes(pieces.next());
        boolean isLong = first.length >= WORTH_COMPRESSING || pieces.hasNext();
        if (isLong) {
            headers.putSingle(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        }
        if (isLong && isGzipWanted()) {
            headers.putSingle(HttpHeaders.CONTENT_ENCODING, GZIP);
            try (Compressed compressed = new Compressed(out)) {
                write(first, pieces, compressed);
                compressed.finish();
            }
        } else if (pieces.hasNext()) {
            write(first, pieces, out);
        } else {
            writeWhole(first, headers, out);
        }
    }

    private static void write(byte[] first, Iterator<String> others, OutputStream out) throws IOException {
        out.write(first);
        while (others.hasNext()) {
            out.write(bytes(others.next()));
        }
    }

    private static void writeWhole(byte[] text, MultivaluedMap<String, Object> headers, OutputStream out)
            throws IOException {
        headers.putSingle(HttpHeaders.CONTENT_LENGTH, text.length);
        out.write(text);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Not by JAX-RS's own choice of variants, which on Payara takes a weight of 0 for a wish. */
    private boolean isGzipWanted() {
        String accepted = sent.getHeaderString(HttpHeaders.ACCEPT_ENCODING);
        return accepted != null && Arrays.stream(accepted.split(",")).anyMatch(GZIP_WITH_WEIGHT);
    }
}
