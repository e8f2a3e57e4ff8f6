package dev.realms.testing;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A client of a server-sent stream, which reads it until it is closed. */
public final class Listener implements AutoCloseable {

    /** @param id empty where the event has none */
    public record Event(String id, String name, JsonObject data) {}

    private final Stream<String> lines;
    private final List<Event> heard = new CopyOnWriteArrayList<>();

    Listener(HttpResponse<Stream<String>> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        lines = answer.body();
        Thread reader = new Thread(this::read, "listener");
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
        lines.close();
    }

    private void read() {
        List<String> event = new ArrayList<>();
        try {
            lines.forEach(line -> {
                if (!line.isEmpty()) {
                    event.add(line);
                } else if (!event.isEmpty()) {
                    hear(event);
                    event.clear();
                }
            });
        } catch (RuntimeException closed) {
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
}
