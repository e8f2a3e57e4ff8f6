package dev.realms.web.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.web.problem.DomainException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BulkheadTest {

    private final Bulkhead bulkhead = new Bulkhead(1, 2);
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final AtomicInteger inside = new AtomicInteger();

    @AfterEach
    void leave() {
        callers.shutdownNow();
    }

    @Test
    void refusesAtOnceWhoWouldBeOneWaitingTooMany() throws Exception {
        bulkhead.acquire();
        List<Future<?>> waiting = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            waiting.add(callers.submit(() -> {
                bulkhead.acquire();
                inside.incrementAndGet();
            }));
            awaitWaiting(i + 1);
        }

        long start = System.nanoTime();
        assertThatThrownBy(bulkhead::acquire)
                .isInstanceOf(DomainException.class)
                .hasMessageContaining("at once");
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(5));
        assertThat(inside).hasValue(0);

        for (Future<?> one : waiting) {
            bulkhead.release();
            one.get();
        }
        assertThat(inside).hasValue(2);
    }

    @Test
    void whoGaveUpHasNoPermit() throws Exception {
        bulkhead.acquire();
        Future<?> gone = callers.submit(() -> {
            bulkhead.acquire();
            inside.incrementAndGet();
        });
        awaitWaiting(1);
        gone.cancel(true);
        awaitWaiting(0);

        bulkhead.release();
        bulkhead.acquire();

        assertThat(inside).hasValue(0);
    }

    private void awaitWaiting(int number) {
        while (bulkhead.waiting() != number) {
            Thread.onSpinWait();
        }
    }
}
