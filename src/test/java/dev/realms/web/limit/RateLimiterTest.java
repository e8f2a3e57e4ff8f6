package dev.realms.web.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

    /** Close to where the clock's numbers wrap around. */
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000);

    private final RateLimiter<String> allowances = new RateLimiter<>(60, 3, clock::get);

    @Test
    void givesTheWholeQuotaAtOnceAndNoMore() {
        assertThat(takes(100)).isEqualTo(60);

        assertThat(allowances.take("a")).isEqualTo(new RateLimiter.Left(false, 0, 60, 1));
        assertThat(allowances.isExhausted("a")).isTrue();
    }

    @Test
    void saysWhatIsLeft() {
        assertThat(allowances.take("a")).isEqualTo(new RateLimiter.Left(true, 59, 1, 0));
        assertThat(allowances.take("a")).isEqualTo(new RateLimiter.Left(true, 58, 2, 0));
        pass(Duration.ofSeconds(1));
        assertThat(allowances.take("a")).isEqualTo(new RateLimiter.Left(true, 58, 2, 0));
    }

    @Test
    void refillsSteadily() {
        takes(60);

        pass(Duration.ofMillis(999));
        assertThat(takes(1)).isZero();
        pass(Duration.ofMillis(1));
        assertThat(takes(2)).isEqualTo(1);
        pass(Duration.ofSeconds(30));
        assertThat(takes(60)).isEqualTo(30);
        pass(Duration.ofHours(1));
        assertThat(takes(100)).isEqualTo(60);
    }

    @Test
    void countsEachForThemselves() {
        takes(60);

        assertThat(allowances.take("b").granted()).isTrue();
        assertThat(allowances.isExhausted("b")).isFalse();
        assertThat(allowances.isExhausted("never seen")).isFalse();
    }

    @Test
    void givesNoMoreToManyAtOnce() {
        long granted = IntStream.range(0, 1_000)
                .parallel()
                .filter(i -> allowances.take("a").granted())
                .count();

        assertThat(granted).isEqualTo(60);
    }

    @Test
    void holdsAQuotaThatDoesNotDivideAMinute() {
        RateLimiter<String> odd = new RateLimiter<>(7_000_003, 3, clock::get);

        assertThat(odd.take("a").remaining()).isEqualTo(7_000_002);
    }

    @Test
    void keepsABoundedNumber() {
        for (String who : new String[] {"a", "b", "c", "d", "e"}) {
            assertThat(allowances.take(who).granted()).isTrue();
        }

        assertThat(allowances.size()).isEqualTo(3);
        assertThat(allowances.take("a").remaining()).isEqualTo(58);
    }

    @Test
    void forgetsWhoHasAllTheirQuota() {
        allowances.take("a");
        allowances.take("b");

        pass(Duration.ofSeconds(20));
        allowances.take("c");

        assertThat(allowances.size()).isEqualTo(1);
    }

    private long takes(int times) {
        return IntStream.range(0, times)
                .filter(i -> allowances.take("a").granted())
                .count();
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }
}
