package dev.realms.security.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import dev.realms.web.problem.DomainException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class ProviderKeysTest {

    private static final ECKey OLD = Provider.ec("old").toPublicJWK();
    private static final ECKey NEW = Provider.ec("new").toPublicJWK();

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 50);
    private final List<JWK> published = new CopyOnWriteArrayList<>(List.of(OLD));
    private final AtomicInteger readings = new AtomicInteger();
    private volatile boolean away;
    private volatile CountDownLatch slow = new CountDownLatch(0);

    private final ProviderKeys keys = new ProviderKeys(this::read, now::incrementAndGet);

    private JWKSet read() throws IOException {
        readings.incrementAndGet();
        JWKSet found = new JWKSet(List.copyOf(published));
        try {
            slow.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        if (away) {
            throw new IOException("Nobody answers");
        }
        return found;
    }

    @Test
    void readsOnceForAllTokensOfAKnownKey() throws Exception {
        for (int i = 0; i < 1000; i++) {
            assertThat(find("old")).containsExactly(OLD);
        }

        assertThat(readings).hasValue(1);
    }

    @Test
    void findsANewKeyAtOnce() throws Exception {
        find("old");
        published.add(NEW);

        assertThat(find("new")).containsExactly(NEW);
    }

    @Test
    void madeUpKeysDelayANewOneByHalfASecond() throws Exception {
        find("old");
        int unknown = 0;
        for (int i = 0; i < 1000; i++) {
            unknown += isUnknown("made up " + i) ? 1 : 0;
        }
        assertThat(readings).hasValue(ProviderKeys.READINGS_PER_MINUTE);
        assertThat(unknown).isEqualTo(1000 - ProviderKeys.READINGS_PER_MINUTE + 1);
        published.add(NEW);
        assertThat(isUnknown("new")).isTrue();

        for (int i = 0; i < 10; i++) {
            pass(Duration.ofMillis(500));
            isUnknown("made up anew " + i);
        }

        assertThat(find("new")).containsExactly(NEW);
        assertThat(find("old")).containsExactly(OLD);
    }

    @Test
    void looksForTheSameKeyAboutOnceASecond() throws Exception {
        for (int i = 0; i < 600; i++) {
            assertThat(find("gone")).isEmpty();
            pass(Duration.ofMillis(100));
        }

        assertThat(readings).hasValueBetween(50, 70);
    }

    @Test
    void saysOfNoKeyThatItIsMissingWhileThePlaceIsAwayAndFindsItAtOnceThen() throws Exception {
        away = true;
        for (int i = 0; i < 1000; i++) {
            assertThat(isUnknown("old")).isTrue();
        }

        pass(Duration.ofMillis(500));
        away = false;

        assertThat(find("old")).containsExactly(OLD);
    }

    @Test
    void goesOnWithWhatItReadButDoesNotKnowWhatIsNew() throws Exception {
        find("old");
        published.add(NEW);
        away = true;

        assertThat(find("old")).containsExactly(OLD);
        assertThat(isUnknown("new")).isTrue();
        away = false;
        assertThat(find("new")).containsExactly(NEW);
    }

    @Test
    void goesOnForAnHourWithWhatItRead() throws Exception {
        find("old");
        away = true;
        for (int seconds = 0; seconds < 3590; seconds += 10) {
            pass(Duration.ofSeconds(10));
            assertThat(find("old")).containsExactly(OLD);
        }
        assertThat(readings).hasValueBetween(60, 120);

        pass(Duration.ofSeconds(10));

        assertThat(isUnknown("old")).isTrue();
    }

    @Test
    void forgetsAKeyThatWasTakenBackAfterFiveMinutes() throws Exception {
        find("old");
        published.set(0, NEW);
        pass(Duration.ofMinutes(5).minusMillis(1));
        assertThat(find("old")).containsExactly(OLD);

        pass(Duration.ofMillis(1));

        assertThat(find("old")).isEmpty();
    }

    @Test
    void nobodyWaitsForWhoeverReadsKnownKeysAgain() throws Exception {
        find("old");
        pass(Duration.ofMinutes(6));
        slow = new CountDownLatch(1);
        CompletableFuture<List<JWK>> refresher = CompletableFuture.supplyAsync(() -> findAny("old"));
        until(() -> readings.get() == 2);

        assertThat(CompletableFuture.supplyAsync(() -> findAny("old")).get(20, TimeUnit.SECONDS))
                .containsExactly(OLD);
        assertThat(refresher).isNotDone();

        slow.countDown();
        assertThat(refresher.get(20, TimeUnit.SECONDS)).containsExactly(OLD);
    }

    @Test
    void oneReadsAndEightWait() throws Exception {
        slow = new CountDownLatch(1);
        List<CompletableFuture<List<JWK>>> found = crowd(i -> "old");
        assertThatThrownBy(() -> find("old")).isInstanceOf(DomainException.class);

        slow.countDown();

        for (CompletableFuture<List<JWK>> one : found) {
            assertThat(one.get(20, TimeUnit.SECONDS)).containsExactly(OLD);
        }
        assertThat(readings).hasValueLessThanOrEqualTo(2);
    }

    @Test
    void knownKeysAreGoodHoweverManyWaitForOthers() throws Exception {
        find("old");
        pass(Duration.ofMinutes(6));
        slow = new CountDownLatch(1);
        List<CompletableFuture<List<JWK>>> others = crowd(i -> "made up " + i);

        assertThat(find("old")).containsExactly(OLD);

        slow.countDown();
        for (CompletableFuture<List<JWK>> one : others) {
            assertThat(one.get(20, TimeUnit.SECONDS)).isEmpty();
        }
    }

    /** One who reads and eight who wait. */
    private List<CompletableFuture<List<JWK>>> crowd(IntFunction<String> id) {
        List<CompletableFuture<List<JWK>>> found = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            String wanted = id.apply(i);
            CompletableFuture<List<JWK>> one = new CompletableFuture<>();
            Thread thread = new Thread(() -> one.complete(findAny(wanted)));
            thread.start();
            found.add(one);
            threads.add(thread);
        }
        until(() -> threads.stream()
                        .filter(thread -> thread.getState() == Thread.State.TIMED_WAITING)
                        .count()
                == 8);
        return found;
    }

    private List<JWK> find(String id) throws KeySourceException {
        return keys.get(
                new JWKSelector(new JWKMatcher.Builder().keyIDs(id, null).build()), null);
    }

    private List<JWK> findAny(String id) {
        try {
            return find(id);
        } catch (KeySourceException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Neither found nor missing. */
    private boolean isUnknown(String id) {
        try {
            assertThat(find(id)).isEmpty();
            return false;
        } catch (KeySourceException e) {
            return true;
        }
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
