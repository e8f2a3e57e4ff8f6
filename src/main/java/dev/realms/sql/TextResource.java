package dev.realms.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A text in UTF-8 that comes with the service: scripts, and lists of names. The thread's class loader has it, as Flyway finds it. */
public final class TextResource {

    private TextResource() {}

    /** @param path from the root of the class path, without a slash before it */
    public static String read(String path) {
        try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException fault) {
            throw new UncheckedIOException(path, fault);
        }
    }

    /** @param path as of {@link #read} */
    public static List<String> lines(String path) {
        return read(path).lines().toList();
    }
}
