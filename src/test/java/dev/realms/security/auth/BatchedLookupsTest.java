package dev.realms.security.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BatchedLookupsTest {

    private static final int CROWD = 300;

    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final ExecutorService callers = Executors.newCachedThreadPool(caller -> {
        Thread thread = new Thread(caller);
        threads.add(thread);
        return thread;
    });
    private final List<Set<String>> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch slow = new CountDownLatch(1);
    private final BatchedLookups<String> lookups = new BatchedLookups<>(this::lookUp);

    private volatile boolean broken;

    @AfterEach
    void leave() {
        callers.shutdownNow();
    }

    @Test
    void nobodyIsRefusedAndAllThatWaitAreLookedUpAtOnce() throws Exception {
        callers.submit(() -> lookups.find("first"));
        awaitWaiting(1);
        List<Future<Optional<String>>> madeUp = crowd();
        Future<Optional<String>> right = callers.submit(() -> lookups.find("right"));
        Future<Optional<String>> again = callers.submit(() -> lookups.find("right"));
        awaitWaiting(CROWD + 3);

        slow.countDown();

        assertThat(right.get()).contains("found right");
        assertThat(again.get()).contains("found right");
        for (Future<Optional<String>> one : madeUp) {
            assertThat(one.get()).isEmpty();
        }
        assertThat(asked).hasSize(2);
        assertThat(asked.get(1)).hasSize(CROWD + 1).contains("right");
    }

    @Test
    void whoeverComesWhileANameIsLookedUpIsNotAnsweredByThat() throws Exception {
        Future<Optional<String>> first = callers.submit(() -> lookups.find("right"));
        awaitWaiting(1);
        Future<Optional<String>> second = callers.submit(() -> lookups.find("right"));
        awaitWaiting(2);

        slow.countDown();

        assertThat(first.get()).contains("found right");
        assertThat(second.get()).contains("found right");
        assertThat(asked).containsExactly(Set.of("right"), Set.of("right"));
    }

    @Test
    void whatFailsFailsForAllThatWaitedAndForNobodyAfterThem() throws Exception {
        broken = true;
        List<Future<Optional<String>>> found = crowd();
        awaitWaiting(CROWD);

        slow.countDown();

        for (Future<Optional<String>> one : found) {
            assertThatThrownBy(one::get)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("broken");
        }
        broken = false;
        assertThat(lookups.find("right")).contains("found right");
    }

    private List<Future<Optional<String>>> crowd() {
        List<Future<Optional<String>>> found = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            String name = "made up " + i;
            found.add(callers.submit(() -> lookups.find(name)));
        }
        return found;
    }

    private Map<String, String> lookUp(Set<String> names) {
        asked.add(new HashSet<>(names));
        try {
            slow.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (broken) {
            throw new IllegalStateException("broken");
        }
        Map<String, String> found = new HashMap<>();
        if (names.contains("right")) {
            found.put("right", "found right");
        }
        return found;
    }

    /** Until one looks up and the others wait for their turn. */
    private void awaitWaiting(int number) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (asked.isEmpty() || waiting() < number - 1) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private long waiting() {
        return threads.stream()
                .filter(thread -> thread.getState() == Thread.State.TIMED_WAITING)
                .count();
    }
}
