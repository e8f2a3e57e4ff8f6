package dev.realms.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTest {

    private final List<Integer> failed = new ArrayList<>();

    @Test
    void runsAgainAsLongAsItIsWorthIt() throws Exception {
        Retry retry = new Retry(failure -> failure.tries() < 3, failure -> Duration.ZERO);

        assertThat(retry.run(() -> failing(2))).isEqualTo("done");
        assertThat(failed).hasSize(2);
        assertThatThrownBy(() -> retry.run(() -> failing(9))).hasMessage("5");
    }

    @Test
    void saysWhatFailedAndHowLongItTook() throws Exception {
        List<Retry.Failure> failures = new ArrayList<>();

        new Retry(failures::add, failure -> Duration.ZERO).run(() -> {
            Thread.sleep(5);
            return failing(1);
        });

        assertThat(failures).hasSize(1);
        assertThat(failures.get(0).state()).isEqualTo(SqlStates.DEADLOCK);
        assertThat(failures.get(0).took()).isGreaterThanOrEqualTo(Duration.ofMillis(5));
    }

    @Test
    void pausesGrowUpToTheLongest() {
        var pause = Retry.growing(Duration.ofMillis(50), Duration.ofMillis(120));

        assertThat(List.of(1, 2, 3))
                .map(tries -> pause.apply(new Retry.Failure(null, tries, Duration.ZERO))
                        .toMillis())
                .containsExactly(50L, 100L, 120L);
    }

    @Test
    void whoeverIsInterruptedInAPauseGetsTheFailureAndStaysInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> new Retry(failure -> true, failure -> Duration.ofMinutes(1)).run(() -> failing(9)))
                .hasMessage("1");
        assertThat(Thread.interrupted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {SqlStates.LOCK_NOT_AVAILABLE, SqlStates.DEADLOCK, SqlStates.SERIALIZATION_FAILURE})
    void contentionIsALockOrALostRace(String state) {
        assertThat(SqlStates.isContention(SqlStates.first(new IllegalStateException(new SQLException("", state)))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {SqlStates.UNIQUE_VIOLATION, SqlStates.QUERY_CANCELED, ""})
    void nothingElseIsContention(String state) {
        assertThat(SqlStates.isContention(state)).isFalse();
    }

    private String failing(int times) throws SQLException {
        if (failed.size() < times) {
            failed.add(failed.size());
            throw new SQLException(String.valueOf(failed.size()), SqlStates.DEADLOCK);
        }
        return "done";
    }
}
