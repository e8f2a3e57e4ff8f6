package dev.realms.migration.control;

import dev.realms.migration.state.MigrationEvents.MigrationEvent;
import dev.realms.web.json.RecordJson;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One client's stream: an event {@code state} with the migration's view whenever that differs from the last one told, and an event
 * {@code act} for each line of the audit log, whose id lets the client go on where it was cut off.
 */
final class EventStream {

    /** The client comes again by itself, and is then asked again who it is. */
    private static final Duration LIFETIME = Duration.ofMinutes(10);

    /** So that proxies don't take silence for the end, and a client that is gone is noticed. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(15);

    private static final String STATE = "state";
    private static final String ACT = "act";

    private final SseEventSink sink;
    private final Sse sse;
    private final long opened = System.nanoTime();
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile long heard;
    private volatile long told = System.nanoTime();
    private volatile boolean broken;
    private String state = "";

    EventStream(SseEventSink sink, Sse sse, long heard) {
        this.sink = sink;
        this.sse = sse;
        this.heard = heard;
    }

    /** The id of the last act that was told. */
    long heard() {
        return heard;
    }

    /** Ends it when its time has come. */
    boolean isOver() {
        if (broken || sink.isClosed() || since(opened).compareTo(LIFETIME) > 0) {
            close();
            return true;
        }
        return false;
    }

    void close() {
        if (!sink.isClosed()) {
            sink.close();
        }
    }

    /** On a thread of its own, because writing waits for the client. A client still at the last news gets these with the next. */
    void tell(Executor executor, String current, List<MigrationEvent> news) {
        if (busy.compareAndSet(false, true)) {
            executor.execute(() -> {
                try {
                    tell(current, news);
                } catch (RuntimeException gone) {
                    broken = true;
                } finally {
                    busy.set(false);
                }
            });
        }
    }

    private void tell(String current, List<MigrationEvent> news) {
        for (MigrationEvent event : news) {
            send(sse.newEventBuilder()
                    .id(Long.toString(event.id()))
                    .name(ACT)
                    .data(String.class, RecordJson.text(event))
                    .build());
            heard = event.id();
        }
        if (!current.equals(state)) {
            send(sse.newEventBuilder().name(STATE).data(String.class, current).build());
            state = current;
        } else if (since(told).compareTo(LONGEST_SILENCE) > 0) {
            send(sse.newEventBuilder().comment("still here").build());
        }
    }

    private void send(OutboundSseEvent event) {
        sink.send(event).toCompletableFuture().join();
        told = System.nanoTime();
    }

    private static Duration since(long moment) {
        return Duration.ofNanos(System.nanoTime() - moment);
    }
}
