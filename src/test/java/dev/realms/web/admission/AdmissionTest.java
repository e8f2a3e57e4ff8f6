package dev.realms.web.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AdmissionTest {

    private static final int PLACES = 2;

    private final Admission admission = new Admission();
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final AtomicInteger inside = new AtomicInteger();
    private final List<Integer> order = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void open() {
        admission.open(PLACES);
    }

    @AfterEach
    void leave() {
        callers.shutdownNow();
    }

    @Test
    void letsInAsManyAsThereArePlacesAndTheOthersInOrder() throws Exception {
        Semaphore end = new Semaphore(0);
        List<Future<?>> requests = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            requests.add(request(true, i, end));
            await(Math.min(i + 1, PLACES));
            TimeUnit.MILLISECONDS.sleep(50);
        }

        assertThat(order).containsExactly(0, 1);
        for (int next = PLACES; next < 6; next++) {
            end.release();
            await(next + 1);
            assertThat(inside).hasValue(PLACES);
        }
        end.release(PLACES);
        for (Future<?> request : requests) {
            request.get();
        }
        assertThat(order).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void readersDoNotWaitForWriters() throws Exception {
        Semaphore end = new Semaphore(0);
        List<Future<?>> writers = List.of(request(false, 0, end), request(false, 1, end), request(false, 2, end));
        await(PLACES);

        assertThat(admission.admit(true, "another", () -> "read")).isEqualTo("read");

        end.release(3);
        for (Future<?> writer : writers) {
            writer.get();
        }
    }

    @Test
    void whoFailsGivesThePlaceBack() throws Exception {
        for (int i = 0; i < 3 * PLACES; i++) {
            assertThatThrownBy(() -> admission.admit(false, "another", () -> {
                        throw new IllegalStateException();
                    }))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThat(admission.admit(false, "another", () -> "written")).isEqualTo("written");
    }

    @Test
    void bothKindsTogetherFindAConnection() {
        assertThat(List.of(Admission.atOnce(1), Admission.atOnce(2), Admission.atOnce(64)))
                .containsExactly(3, 6, 8);
    }

    /** Each keeps a thread of the server. */
    @Test
    void nobodyHasAnyNumberWait() {
        String user = "user";
        Semaphore end = new Semaphore(0);
        List<Future<?>> requests = new ArrayList<>();
        for (int i = 0; i < 151; i++) {
            requests.add(request(false, user, i, end));
        }
        while (requests.stream().noneMatch(Future::isDone)) {
            Thread.onSpinWait();
        }
        end.release(150);

        assertThat(requests)
                .filteredOn(request -> isRefused(request, "Too many requests of yours at once; please try again."))
                .hasSize(1);
    }

    private static boolean isRefused(Future<?> request, String reason) {
        try {
            request.get();
            return false;
        } catch (InterruptedException | ExecutionException e) {
            return e.getCause().getMessage().equals(reason);
        }
    }

    /** All of one user's requests may wait for one lock. */
    @Test
    void nobodyKeepsTheOthersWaiting() throws Exception {
        String user = "user";
        Semaphore end = new Semaphore(0);
        List<Future<?>> requests = new ArrayList<>();
        for (int i = 0; i < 2 * PLACES; i++) {
            requests.add(request(false, user, i, end));
        }
        await(1);

        assertThat(admission.admit(false, "another", () -> "written")).isEqualTo("written");

        end.release(2 * PLACES);
        for (Future<?> request : requests) {
            request.get();
        }
    }

    private Future<?> request(boolean reads, int number, Semaphore end) {
        return request(reads, "user " + number, number, end);
    }

    private Future<?> request(boolean reads, String user, int number, Semaphore end) {
        return callers.submit(() -> admission.admit(reads, user, () -> {
            inside.incrementAndGet();
            order.add(number);
            end.acquireUninterruptibly();
            return inside.decrementAndGet();
        }));
    }

    private void await(int entered) throws InterruptedException {
        while (order.size() < entered) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }
}
