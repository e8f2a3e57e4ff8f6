package dev.realms.web.json;

import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.FieldError;
import dev.realms.web.problem.ProblemType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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

    public static final String MEDIA_TYPE = "application/jsonl";

    /** Another name for it. */
    public static final String NEWLINE_DELIMITED = "application/x-ndjson";

    /** Bytes. */
    private static final int LONGEST_LINE = 1 << 20;

    /** Characters of the name of a field that is wrong, which may be anything that was sent. */
    private static final int LONGEST_NAME = 100;

    private static final int BUFFER = 1 << 16;

    /** Some are enough: an answer must not become larger than what it answers. */
    private static final int MOST_FAULTS = 50;

    /** Takes a line. */
    @FunctionalInterface
    public interface Reader {

        /** @param members by name: String, BigDecimal, Boolean, List, Map or null */
        void read(Map<String, Object> members);
    }

    private final Path file;

    public JsonLines(Path file) {
        this.file = file;
    }

    /** The bytes. To be closed. */
    public InputStream open() throws IOException {
        return Files.newInputStream(file);
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
        try (InputStream in = open()) {
            byte[] buffer = new byte[BUFFER];
            ByteArrayOutputStream line = new ByteArrayOutputStream(BUFFER);
            int number = 1;
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                int start = 0;
                for (int i = 0; i < length; i++) {
                    if (buffer[i] == '\n') {
                        append(line, buffer, start, i, number);
                        if (!read(reader, number, line)) {
                            return;
                        }
                        start = i + 1;
                        number++;
                    }
                }
                append(line, buffer, start, length, number);
            }
            read(reader, number, line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void append(ByteArrayOutputStream line, byte[] buffer, int from, int to, int number) {
        if (line.size() + to - from > LONGEST_LINE) {
            throw DomainException.invalid(name(number), "has more than " + LONGEST_LINE + " bytes");
        }
        line.write(buffer, from, to - from);
    }

    private static boolean read(Bytes reader, int number, ByteArrayOutputStream line) {
        byte[] bytes = line.toByteArray();
        line.reset();
        return isBlank(bytes) || reader.read(number, bytes);
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
                            .map(error ->
                                    new FieldError(name(number) + ", " + shortened(error.field()), error.message()))
                            .toList();
        }
    }

    private static String shortened(String field) {
        return field.length() > LONGEST_NAME ? field.substring(0, LONGEST_NAME) + "…" : field;
    }

    private static boolean isBlank(byte[] line) {
        for (byte one : line) {
            if (one != ' ' && one != '\t' && one != '\r') {
                return false;
            }
        }
        return true;
    }

    private static String name(int number) {
        return "line " + number;
    }
}
