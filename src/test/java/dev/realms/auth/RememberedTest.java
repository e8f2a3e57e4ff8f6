package dev.realms.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RememberedTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
    private final Remembered<String> remembered = new Remembered<>(Duration.ofNanos(100), 3, nanos::get);

    @Test
    void forgetsWhenTheTimeIsUp() {
        remembered.add("key", "found", remembered.now());

        nanos.addAndGet(99);
        assertThat(remembered.find("key")).contains("found");
        nanos.addAndGet(1);
        assertThat(remembered.find("key")).isEmpty();
    }

    @Test
    void countsFromTheQuestionNotFromTheAnswer() {
        long asked = remembered.now();
        nanos.addAndGet(60);
        remembered.add("key", "found", asked);

        nanos.addAndGet(40);

        assertThat(remembered.find("key")).isEmpty();
    }

    @Test
    void holdsOnlySoMany() {
        for (int i = 0; i < 10; i++) {
            remembered.add("key " + i, "found", remembered.now());

            assertThat(remembered.find("key " + i)).contains("found");
            assertThat(remembered.size()).isBetween(1, 3);
        }
    }
}
