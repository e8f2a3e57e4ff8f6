package dev.realms.migration.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChunkSizeTest {

    private final ChunkSize size = new ChunkSize();

    @Test
    void settlesBelowTheTargetTime() {
        for (int i = 0; i < 20; i++) {
            size.measured(size.rows(), Duration.ofNanos(size.rows() * 20_000L));
        }

        assertThat(size.rows()).isEqualTo(4_000);
    }

    @Test
    void growsNoFasterThanTwofold() {
        int before = size.rows();

        size.measured(before, Duration.ofNanos(1));

        assertThat(size.rows()).isEqualTo(2 * before);
    }

    @Test
    void staysBetweenFloorAndCeiling() {
        for (int i = 0; i < 20; i++) {
            size.measured(size.rows(), Duration.ZERO);
        }
        assertThat(size.rows()).isEqualTo(Limits.DEFAULT.ceilingRows());

        for (int i = 0; i < 20; i++) {
            size.measured(size.rows(), Duration.ofMinutes(1));
        }
        assertThat(size.rows()).isEqualTo(Limits.DEFAULT.floorRows());
    }

    @Test
    void learnsNothingFromTheRestOfATable() {
        int before = size.rows();

        size.measured(before / 10, Duration.ofMillis(1));

        assertThat(size.rows()).isEqualTo(before);
    }

    @Test
    void beginsWithHalfOfWhatAnotherTableCouldTake() {
        size.resume(4_000, Duration.ofMillis(80));

        assertThat(size.rows()).isEqualTo(2_000);
    }
}
