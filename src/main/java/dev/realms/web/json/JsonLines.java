package dev.realms.web.json;

import dev.realms.web.body.BodyFile;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.FieldError;
import dev.realms.web.problem.ProblemType;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A request's body of JSON objects, one on each line (<a href="https://jsonlines.org">JSON Lines</a>), which lies in a file and can be
 * read more than once.
 */
public final class JsonLines {

    public static final String MEDIA_TYPE = BodyFile.JSON_LINES;

    /** Another name for it. */
    public static final String NEWLINE_DELIMITED = BodyFile.NEWLINE_DELIMITED;

    /** Bytes. */
    private static final int LONGEST_LINE = 8 << 20;

    /** Some are enough: an answer must not become larger than what it answers. */
    private static final int MOST_FAULTS = 50;

    /** Takes a line. */
    @FunctionalInterface
    public interface Reader {

        /** @param members by name: String, BigDecimal, Boolean, List, Map or null */
        void read(Map<String, Object> members);
    }

    private final Path file;
    private final String digest;

    /** @param digest of the bytes */
    JsonLines(Path file, String digest) {
        this.file = file;
        this.digest = digest;
    }

    /** Equal for equal bodies. */
    public String digest() {
        return digest;
    }

    /**
     * Reads every line that is not blank, in order, for what is wrong.
     *
     * @throws DomainException {@code validation}, with all that the reader finds, as far as fifty faults; before each field stands the line's
     *     number, from 1
     */
    public void check(Reader reader) {
        List<FieldError> faults = new ArrayList<>();
        readLines((number, line) -> {
            faults.addAll(read(reader, number, line));
            return faults.size() < MOST_FAULTS;
        });
        if (!faults.isEmpty()) {
            throw DomainException.invalid(faults);
        }
    }

    /** Reads every line that is not blank, in order. What the reader throws ends it. */
    public void forEach(Reader reader) {
        readLines((number, line) -> {
            reader.read(RecordReader.parse(line));
            return true;
        });
    }

    /** Takes a line, and says whether it takes another. */
    private interface Bytes {
        boolean read(int number, byte[] line);
    }

    private void readLines(Bytes reader) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            boolean more = true;
            int number = 1;
            for (byte[] line = next(in, number); more && line != null; line = next(in, number)) {
                more = isBlank(line) || reader.read(number, line);
                number++;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<FieldError> read(Reader reader, int number, byte[] line) {
        try {
            reader.read(RecordReader.parse(line));
            return List.of();
        } catch (DomainException e) {
            if (e.type() != ProblemType.VALIDATION) {
                throw e;
            }
            return e.errors().isEmpty()
                    ? List.of(new FieldError(name(number), "must be one JSON object"))
                    : e.errors().stream()
                            .map(error -> new FieldError(name(number) + ", " + error.field(), error.message()))
                            .toList();
        }
    }

    private static boolean isBlank(byte[] line) {
        return new String(line, StandardCharsets.ISO_8859_1).isBlank();
    }

    private static String name(int number) {
        return "line " + number;
    }

    /** Without its end; null behind the last one. */
    private static byte[] next(InputStream in, int number) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        int read = in.read();
        if (read < 0) {
            return null;
        }
        while (read >= 0 && read != '\n') {
            line.write(read);
            if (line.size() > LONGEST_LINE) {
                throw DomainException.invalid(name(number), "has more than " + LONGEST_LINE + " bytes");
            }
            read = in.read();
        }
        return line.toByteArray();
    }
}
