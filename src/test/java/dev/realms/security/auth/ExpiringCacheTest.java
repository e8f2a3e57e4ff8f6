package dev.realms.security.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ExpiringCacheTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
    private final ExpiringCache<String> remembered = new ExpiringCache<>(nanos::get, 3, ExpiringCache.TIME);
    private final List<String> asked = new ArrayList<>();

    @Test
    void asksOnceInAMoment() {
        assertThat(find("Ada")).contains("found Ada");
        nanos.addAndGet(Duration.ofMillis(899).toNanos());
        assertThat(find("Ada")).contains("found Ada");

        assertThat(asked).containsExactly("Ada");
    }

    @Test
    void asksAgainWithinASecond() {
        find("Ada");
        nanos.addAndGet(Duration.ofMillis(900).toNanos());
        find("Ada");

        assertThat(asked).containsExactly("Ada", "Ada");
    }

    @Test
    void countsFromTheQuestionNotFromTheAnswer() {
        remembered.find("Ada", () -> {
            nanos.addAndGet(Duration.ofMillis(500).toNanos());
            return Optional.of("found Ada");
        });
        nanos.addAndGet(Duration.ofMillis(400).toNanos());

        find("Ada");

        assertThat(asked).containsExactly("Ada");
    }

    @Test
    void asksAgainForWhatIsForgotten() {
        find("Ada");
        remembered.forget("Ada");
        find("Ada");

        assertThat(asked).containsExactly("Ada", "Ada");
    }

    @Test
    void takesNothingForSomethingElse() {
        find("Ada");

        assertThat(find("Grace")).contains("found Grace");
    }

    @Test
    void remembersNothingThatWasNotFound() {
        for (int i = 0; i < 2; i++) {
            assertThat(remembered.find("nobody", () -> {
                        asked.add("nobody");
                        return Optional.empty();
                    }))
                    .isEmpty();
            assertThatThrownBy(() -> remembered.find("forged", () -> {
                        asked.add("forged");
                        throw new InvalidToken("is forged");
                    }))
                    .isInstanceOf(InvalidToken.class);
        }

        assertThat(asked).containsExactly("nobody", "forged", "nobody", "forged");
    }

    @Test
    void holdsOnlySoMany() {
        for (int i = 0; i < 10; i++) {
            find("key " + i);

            assertThat(remembered.size()).isBetween(1, 3);
        }
        assertThat(asked).hasSize(10);
    }

    @Test
    void forgetsTheOldestOfTooMany() {
        find("Ada");
        find("Grace");
        find("Edsger");
        remembered.add("Ada", "found Ada");
        find("Barbara");
        asked.clear();

        find("Ada");
        find("Edsger");
        find("Barbara");
        assertThat(asked).isEmpty();
        find("Grace");
        assertThat(asked).containsExactly("Grace");
    }

    @Test
    void remembersWhatIsAddedFromThenOn() {
        find("Ada");
        nanos.addAndGet(Duration.ofMillis(500).toNanos());
        remembered.add("Ada", "found Ada again");
        nanos.addAndGet(Duration.ofMillis(899).toNanos());

        assertThat(find("Ada")).contains("found Ada again");
        assertThat(asked).containsExactly("Ada");
    }

    private Optional<String> find(String name) {
        return remembered.find(name, () -> {
            asked.add(name);
            return Optional.of("found " + name);
        });
    }
}
