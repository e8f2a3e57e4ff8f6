package dev.realms.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.launch.MigrationProgress.Goal;
import dev.realms.migration.move.ProgressTable.Line;
import dev.realms.migration.state.MigrationState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressBarsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<Line> HALF_WAY = List.of(
            new Line("users", 1_000, 0, 1_000, at(0), at(1)),
            new Line("database_servers", 0, 0, 0, at(1), at(1)),
            new Line("documents", 30_000, 0, 15_000, at(1), null),
            new Line("jobs", 33_000, 0, 0, null, null));

    @Test
    void showsATablePerLineAndTheWhole() {
        List<String> lines = new ProgressBars(false).draw(seen("running", HALF_WAY, 4));

        assertThat(String.join("\n", lines)).isEqualTo("""
          users            [#########.]  99%   1,000 of  1,000  1,000 rows/s  took 0:01
          database_servers [#########.]  99%       0 of      0                took 0:00
          documents        [#####.....]  50%  15,000 of 30,000  5,000 rows/s  0:03 left
          jobs             [..........]   0%       0 of 33,000                waiting
          running           25%  16,000 of 64,000 rows  elapsed 0:04  about 0:12 left\
        """.stripTrailing());
    }

    @ParameterizedTest
    @ValueSource(strings = {"running", "verifying", "paused", "failed"})
    void reachesTheEndOnlyWithTheState(String state) {
        List<Line> all = List.of(new Line("users", 10, 0, 10, at(0), at(1)));

        assertThat(new ProgressBars(true).draw(seen(state, all, 2)).toString())
                .doesNotContain("100%")
                .contains("99%");
        assertThat(new ProgressBars(true).draw(seen("migrated", all, 2)).toString())
                .contains("100%")
                .doesNotContain("99%");
    }

    @Test
    void saysWhatHappensBeforeAnythingIsCounted() {
        assertThat(new ProgressBars(false).draw(seen("running", List.of(), 12)))
                .containsExactly("  running            0%  looking and counting before the first change for 0:12");
    }

    @Test
    void saysWhatHoldsItBack() {
        MigrationProgress waiting = seen("running", Optional.of("replicaLagSeconds: 44, limit 10"), HALF_WAY, 4);

        assertThat(new ProgressBars(false).summary(waiting))
                .isEqualTo(
                        "running           25%  16,000 of 64,000 rows  elapsed 0:04  held back by replicaLagSeconds: 44, limit 10");
    }

    @Test
    void saysWhatTheRestOfTheTimeIsFor() {
        List<Line> all = List.of(new Line("documents", 20_000_000, 0, 20_000_000, at(0), at(600)));

        assertThat(new ProgressBars(false).summary(seen("verifying", all, 700)))
                .isEqualTo(
                        "verifying         99%  20,000,000 of 20,000,000 rows  elapsed 11:40, 11:40 of it checks and constraints");
    }

    @Test
    void fitsIntoTheUsualWidth() {
        List<Line> large = List.of(new Line("database_servers", 999_999, 0, 999_998, at(0), at(599)));

        assertThat(new ProgressBars(true).draw(seen("running", large, 600)))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }

    @ParameterizedTest
    @CsvSource({"7, 0:07", "750, 12:30", "3723, 1:02:03"})
    void writesTime(long seconds, String text) {
        assertThat(ProgressBars.time(Duration.ofSeconds(seconds))).isEqualTo(text);
    }

    private static MigrationProgress seen(String state, List<Line> tables, long seconds) {
        return seen(state, Optional.empty(), tables, seconds);
    }

    private static MigrationProgress seen(String state, Optional<String> throttle, List<Line> tables, long seconds) {
        return new MigrationProgress(
                Goal.MIGRATED.position(MigrationState.of(state)),
                state,
                Optional.empty(),
                throttle,
                START,
                START.plusSeconds(seconds),
                tables);
    }

    private static Instant at(long seconds) {
        return START.plusSeconds(seconds);
    }
}
