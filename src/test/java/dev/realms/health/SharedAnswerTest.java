package dev.realms.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedAnswerTest {

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 10);

    @AfterEach
    void end() {
        executor.shutdownNow();
    }

    @Test
    void asksOnceASecondHoweverManyWantToKnow() {
        SharedAnswer<Integer> answer = new SharedAnswer<>(executor, asked::incrementAndGet, clock::get);

        assertThat(IntStream.range(0, 1_000).parallel().mapToObj(i -> answer.get()))
                .containsOnly(Optional.of(1));
        pass(Duration.ofMillis(999));
        assertThat(answer.get()).contains(1);
        pass(Duration.ofMillis(1));
        assertThat(answer.get()).contains(2);
    }

    @Test
    void asksAgainAfterAFailure() {
        SharedAnswer<Integer> answer = new SharedAnswer<>(
                executor,
                () -> {
                    if (asked.incrementAndGet() == 1) {
                        throw new IllegalStateException("away");
                    }
                    return asked.get();
                },
                clock::get);

        assertThat(answer.get()).isEmpty();
        assertThat(answer.get()).isEmpty();
        assertThat(asked).hasValue(1);
        pass(Duration.ofSeconds(1));
        assertThat(answer.get()).contains(2);
    }

    @Test
    void waitsForNothingThatHangsAndAsksNoSecondTime() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        SharedAnswer<Integer> answer = new SharedAnswer<>(
                executor,
                () -> {
                    asked.incrementAndGet();
                    hanging.await();
                    return asked.get();
                },
                clock::get);

        long start = System.nanoTime();
        assertThat(answer.get()).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        pass(Duration.ofSeconds(2));
        start = System.nanoTime();
        assertThat(answer.get()).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        assertThat(asked).hasValue(1);

        hanging.countDown();
        executor.shutdown();
        assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }
}
