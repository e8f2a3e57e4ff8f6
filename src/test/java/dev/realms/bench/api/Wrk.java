package dev.realms.bench.api;

import dev.realms.bench.Load;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;

/** The load tool, {@code wrk}: one thread, many connections, requests from a file. */
final class Wrk {

    private final Path folder;
    private final Path script;

    Wrk(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.script = folder.resolve("requests.lua");
        try (InputStream source = Wrk.class.getResourceAsStream("/bench/requests.lua")) {
            Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
        }
        requireInstalled();
    }

    /** @param requests one a line: method, path, key and body, tabs between them */
    Load.Measured run(String name, URI base, List<String> requests, int connections, int seconds) throws Exception {
        Path file = Files.write(folder.resolve(name + ".requests"), requests);
        Process wrk = new ProcessBuilder(
                        "wrk",
                        "-t1",
                        "-c" + connections,
                        "-d" + seconds + "s",
                        "--timeout",
                        "60s",
                        "-s",
                        script.toString(),
                        "http://127.0.0.1:" + base.getPort(),
                        "--",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(wrk.getInputStream().readAllBytes());
        wrk.waitFor();
        String[] result = output.lines()
                .filter(line -> line.startsWith("RESULT "))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("wrk says nothing that can be read: " + output))
                .split(" ");
        if (!result[5].equals("0")) {
            throw new IllegalStateException(
                    String.format(Locale.ROOT, "%s of %s requests of %s failed", result[5], result[1], name));
        }
        return new Load.Measured(
                Long.parseLong(result[1]) / Double.parseDouble(result[2]),
                Double.parseDouble(result[3]),
                Double.parseDouble(result[4]));
    }

    private static void requireInstalled() {
        try {
            new ProcessBuilder("wrk", "-v").redirectErrorStream(true).start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(
                    "The load tool wrk is missing; on Debian and Ubuntu `apt-get install wrk` installs it.", e);
        }
    }
}
