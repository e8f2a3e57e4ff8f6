package dev.realms.web.console;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Entity tags of the WAR's files, by what they hold: the same on every node and server. WildFly gives none itself, Payara one by the date. */
final class FileETags {

    private final ServletContext files;

    /** Of files that are there, so that asking for others fills no memory. */
    private final Map<String, String> tags = new ConcurrentHashMap<>();

    FileETags(ServletContext files) {
        this.files = files;
    }

    /** @param path of a file, or of a folder, which stands for its index.html */
    Optional<String> of(String path) throws IOException {
        String file = path.endsWith("/") ? path + "index.html" : path;
        String known = tags.get(file);
        if (known != null) {
            return Optional.of(known);
        }
        try (InputStream content = files.getResourceAsStream(file)) {
            if (content == null) {
                return Optional.empty();
            }
            String tag = tag(content.readAllBytes());
            tags.put(file, tag);
            return Optional.of(tag);
        }
    }

    private static String tag(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return "\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 16)) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
