package dev.realms.testing;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/** A client of a server-sent stream, which reads it until it is closed. */
public final class Listener implements AutoCloseable {

    /** @param id empty where the event has none */
    public record Event(String id, String name, JsonObject data) {}

    private final InputStream in;
    private final List<Event> heard = new CopyOnWriteArrayList<>();

    Listener(HttpResponse<InputStream> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        boolean gzip = answer.headers().firstValue("Content-Encoding").equals(Optional.of("gzip"));
        in = answer.body();
        Thread reader = new Thread(() -> read(gzip), "listener");
        reader.setDaemon(true);
        reader.start();
    }

    /** What has been heard by the time that one of it fits. */
    public List<Event> until(Predicate<Event> fits) {
        Instant end = Instant.now().plus(Duration.ofMinutes(1));
        while (heard.stream().noneMatch(fits)) {
            assertThat(Instant.now()).as("heard %s", heard).isBefore(end);
            LockSupport.parkNanos(20_000_000);
        }
        return List.copyOf(heard);
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(boolean gzip) {
        List<String> event = new ArrayList<>();
        try (InputStream text = gzip ? new AsItComes(in) : in) {
            new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8))
                    .lines()
                    .forEach(line -> {
                        if (!line.isEmpty()) {
                            event.add(line);
                        } else if (!event.isEmpty()) {
                            hear(event);
                            event.clear();
                        }
                    });
        } catch (IOException | RuntimeException closed) {
            // By whoever has heard enough.
        }
    }

    private void hear(List<String> event) {
        String data = field(event, "data");
        if (!data.isEmpty()) {
            heard.add(new Event(field(event, "id"), field(event, "event"), Api.object(data)));
        }
    }

    private static String field(List<String> event, String name) {
        return event.stream()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    /** Without it a reader would wait for more than has come: it is told that there always is some. */
    private static final class AsItComes extends GZIPInputStream {

        AsItComes(InputStream in) throws IOException {
            super(in);
        }

        @Override
        public int available() {
            return 0;
        }
    }
}
