package dev.realms.web.console;

import dev.realms.web.ETags;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.core.EntityTag;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Entity tags of the WAR's files, by what they hold: the same on every node and server. WildFly gives none itself, Payara one by the date. */
final class FileETags {

    private final ServletContext files;

    /** Of files that are there, so that asking for others fills no memory. */
    private final Map<String, EntityTag> tags = new ConcurrentHashMap<>();

    FileETags(ServletContext files) {
        this.files = files;
    }

    /** @param path of a file, or of a folder, which stands for its index.html */
    Optional<EntityTag> of(String path) throws IOException {
        String file = path.endsWith("/") ? path + "index.html" : path;
        EntityTag known = tags.get(file);
        if (known != null) {
            return Optional.of(known);
        }
        try (InputStream content = files.getResourceAsStream(file)) {
            if (content == null) {
                return Optional.empty();
            }
            EntityTag tag = ETags.of(content.readAllBytes());
            tags.put(file, tag);
            return Optional.of(tag);
        }
    }
}
