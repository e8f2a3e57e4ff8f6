package dev.realms.testing;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** The real Prometheus, which scrapes a node each second; ends with {@link #close()}. Needs Debian's package prometheus. */
public final class Prometheus implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/bin/prometheus");

    private final Process process;
    private final Path folder;
    private final int port;

    private Prometheus(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    public static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    /** @param rules the project's alerts */
    public static Prometheus start(URI scraped, Path rules) {
        try {
            int port = Ports.findFree();
            Path folder = Files.createTempDirectory("prometheus");
            Path configuration = Files.writeString(
                    folder.resolve("prometheus.yml"), """
                    global: {scrape_interval: 1s, evaluation_interval: 1s}
                    rule_files: ["%s"]
                    scrape_configs:
                      - job_name: realms
                        static_configs: [{targets: ["127.0.0.1:%d"]}]
                    """.formatted(rules.toAbsolutePath(), scraped.getPort()));
            Process process = new ProcessBuilder(
                            PROGRAM.toString(),
                            "--config.file=" + configuration,
                            "--storage.tsdb.path=" + folder.resolve("data"),
                            "--web.listen-address=127.0.0.1:" + port)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            return new Prometheus(process, folder, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a query gives now; fails where Prometheus does not understand it. */
    public JsonArray query(String expression) {
        return ask("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .getJsonObject("data")
                .getJsonArray("result");
    }

    /** Waits until a query gives something. */
    public JsonArray await(String expression) {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        JsonArray result;
        while ((result = query(expression)).isEmpty()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("Nothing comes of " + expression);
            }
            LockSupport.parkNanos(200_000_000);
        }
        return result;
    }

    private JsonObject ask(String path) {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (true) {
            try {
                var answer = HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                        .build(),
                                BodyHandlers.ofString());
                if (answer.statusCode() != 503) {
                    if (answer.statusCode() != 200) {
                        throw new AssertionError(answer.body());
                    }
                    return Api.object(answer.body());
                }
            } catch (IOException starting) {
                // It is asked again.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            if (Instant.now().isAfter(end) || !process.isAlive()) {
                throw new AssertionError("Prometheus does not answer");
            }
            LockSupport.parkNanos(200_000_000);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        try {
            ProjectCopy.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
