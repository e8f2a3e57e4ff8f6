package dev.realms.bench.api;

import dev.realms.testing.Ports;
import dev.realms.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The same job by another stack: {@code src/test/peer}, a service on Node with {@code pg}, over the same database and in the same role.
 * npm installs its one dependency into the folder of the bench.
 */
final class NodePeer implements AutoCloseable {

    private static final Path SOURCE = Path.of("src/test/peer");

    private final Process process;
    private final URI base;

    private NodePeer(Process process, URI base) {
        this.process = process;
        this.base = base;
    }

    /** @return whether Node and npm are here */
    static boolean isAvailable() {
        try {
            return new ProcessBuilder("npm", "--version")
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static NodePeer start(List<Place> places, Path parent) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(parent.resolve("peer"));
        for (String name : List.of("package.json", "server.mjs")) {
            Files.copy(SOURCE.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        Process install = new ProcessBuilder(
                        "npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--silent")
                .directory(folder.toFile())
                .inheritIO()
                .start();
        if (install.waitFor() != 0) {
            throw new IllegalStateException("npm could not install what the peer needs");
        }
        Path known = Files.writeString(
                folder.resolve("places"),
                places.stream()
                        .map(place -> place.key() + "\t" + place.realmId() + "\t" + place.userId() + "\n")
                        .collect(Collectors.joining()));
        int port = Ports.findFree();
        ProcessBuilder node = new ProcessBuilder("node", "server.mjs")
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        URI database = URI.create(TestDatabase.url().substring("jdbc:".length()));
        node.environment()
                .putAll(Map.of(
                        "NODE_ENV",
                        "production",
                        "PORT",
                        Integer.toString(port),
                        "PGHOST",
                        database.getHost(),
                        "PGPORT",
                        Integer.toString(database.getPort()),
                        "PGDATABASE",
                        database.getPath().substring(1),
                        "PGUSER",
                        System.getenv("REALMS_DB_APP_USER"),
                        "PGPASSWORD",
                        System.getenv("REALMS_DB_APP_PASSWORD"),
                        "PLACES",
                        known.toAbsolutePath().toString()));
        Process process = node.start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        if (!"ready".equals(output.readLine())) {
            process.destroy();
            throw new IllegalStateException("The peer did not start");
        }
        return new NodePeer(process, URI.create("http://127.0.0.1:" + port));
    }

    URI base() {
        return base;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
