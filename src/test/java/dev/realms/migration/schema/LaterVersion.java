package dev.realms.migration.schema;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;

/** What a WAR of a later version brings: the scripts of this one, and some more. */
public final class LaterVersion {

    private final Path scripts;

    private LaterVersion(Path scripts) {
        this.scripts = scripts;
    }

    /**
     * @param folder an empty one
     * @param scripts text by name, such as {@code expand/V99__more.sql}
     */
    public static LaterVersion with(Path folder, Map<String, String> scripts) throws IOException {
        for (var script : scripts.entrySet()) {
            Path file = folder.resolve("db").resolve(script.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, script.getValue());
        }
        return new LaterVersion(folder);
    }

    /** Runs work as the later version would. */
    public void run(Work work) throws SQLException, IOException {
        Thread thread = Thread.currentThread();
        ClassLoader present = thread.getContextClassLoader();
        try (URLClassLoader later =
                new URLClassLoader(new URL[] {scripts.toUri().toURL()}, present)) {
            thread.setContextClassLoader(later);
            work.run();
        } finally {
            thread.setContextClassLoader(present);
        }
    }

    /** What touches a database. */
    public interface Work {
        void run() throws SQLException;
    }
}
