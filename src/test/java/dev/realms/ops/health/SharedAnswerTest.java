package dev.realms.ops.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
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

    @Test
    void asksAnewWhatHangsThreeAtATime() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        AtomicInteger ended = new AtomicInteger();
        ExecutorService noticing = new ThreadPoolExecutor(0, 9, 1, TimeUnit.MINUTES, new SynchronousQueue<>()) {
            @Override
            protected void afterExecute(Runnable question, Throwable failure) {
                ended.incrementAndGet();
            }
        };
        // Whoever asks finds that the two seconds are over, and need not wait for them.
        AtomicLong step = new AtomicLong(Duration.ofSeconds(2).toNanos());
        SharedAnswer<Integer> answer = new SharedAnswer<>(
                noticing,
                () -> {
                    int number = asked.incrementAndGet();
                    if (number <= 3) {
                        gone.await();
                    }
                    return number;
                },
                () -> clock.getAndAdd(step.get()));

        for (int i = 1; i <= 5; i++) {
            assertThat(answer.get()).isEmpty();
            awaitValue(asked, Math.min(i, 3));
            assertThat(answer.get()).isEmpty();
            assertThat(asked).hasValue(Math.min(i, 3));
            pass(Duration.ofSeconds(8));
        }

        step.set(0);
        gone.countDown();
        awaitValue(ended, 3);
        assertThat(answer.get()).contains(4);
        noticing.shutdown();
    }

    private static void awaitValue(AtomicInteger number, int value) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (number.get() < value) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }
}
