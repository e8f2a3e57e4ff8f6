package dev.realms.launch;

import static org.assertj.core.api.Assertions.assertThat;

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
    private static final List<TableProgress> HALF_WAY = List.of(
            new TableProgress("users", 1_000, 0, 1_000, at(0), at(1)),
            new TableProgress("database_servers", 0, 0, 0, at(1), at(1)),
            new TableProgress("documents", 30_000, 0, 15_000, at(1), Optional.empty()),
            new TableProgress("jobs", 33_000, 0, 0, Optional.empty(), Optional.empty()));

    @Test
    void showsATablePerLineAndTheWhole() {
        List<String> lines = new ProgressBars(100, false).draw(seen("running", HALF_WAY, 4));

        assertThat(String.join("\n", lines)).isEqualTo("""
          users            [#######################.]  99%   1,000 of  1,000   1,000 rows/s  took 0:01
          database_servers [#######################.]  99%       0 of      0                 took 0:00
          documents        [############............]  50%  15,000 of 30,000   5,000 rows/s  0:03 left
          jobs             [........................]   0%       0 of 33,000                 waiting
          running           25%   16,000 of 64,000 rows   elapsed 0:04   about 0:12 left\
        """.stripTrailing());
    }

    @ParameterizedTest
    @ValueSource(strings = {"running", "verifying", "paused", "failed"})
    void reachesTheEndOnlyWithTheState(String state) {
        List<TableProgress> all = List.of(new TableProgress("users", 10, 0, 10, at(0), at(1)));

        assertThat(new ProgressBars(100, true).draw(seen(state, all, 2)).toString())
                .doesNotContain("100%")
                .contains("99%");
        assertThat(new ProgressBars(100, true).draw(seen("migrated", all, 2)).toString())
                .contains("100%")
                .doesNotContain("99%");
    }

    @Test
    void saysWhatHappensBeforeAnythingIsCounted() {
        assertThat(new ProgressBars(100, false).draw(seen("running", List.of(), 12)))
                .containsExactly("  running            0%   looking and counting before the first change for 0:12");
    }

    @Test
    void saysWhatHoldsItBack() {
        MigrationProgress waiting = seen("running", Optional.of("replicaLagSeconds: 44, limit 10"), HALF_WAY, 4);

        assertThat(new ProgressBars(100, false).summary(waiting))
                .isEqualTo(
                        "running           25%   16,000 of 64,000 rows   elapsed 0:04   held back by replicaLagSeconds: 44, limit 10");
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 80, 200})
    void neverFillsTheWidthSoThatNoLineWraps(int width) {
        assertThat(new ProgressBars(width, true).draw(seen("running", HALF_WAY, 4)))
                .allSatisfy(line -> assertThat(line.length()).isLessThan(width));
    }

    @Test
    void leavesOutWholePartsWhereTheyDoNotFit() {
        List<TableProgress> all = List.of(new TableProgress("documents", 20_000_000, 0, 20_000_000, at(0), at(600)));

        assertThat(summary(120, "verifying", all))
                .isEqualTo(
                        "  verifying         99%   20,000,000 of 20,000,000 rows   elapsed 11:40, 11:40 of it checks and constraints");
        assertThat(summary(100, "verifying", all)).isEqualTo("  verifying         99%   20,000,000 of 20,000,000 rows");
        assertThat(summary(80, "running", HALF_WAY))
                .isEqualTo("  running           25%   16,000 of 64,000 rows   elapsed 11:40");
    }

    private static String summary(int width, String state, List<TableProgress> tables) {
        List<String> lines = new ProgressBars(width, false).draw(seen(state, tables, 700));
        return lines.get(lines.size() - 1);
    }

    @ParameterizedTest
    @CsvSource({"7, 0:07", "750, 12:30", "3723, 1:02:03"})
    void writesTime(long seconds, String text) {
        assertThat(ProgressBars.time(Duration.ofSeconds(seconds))).isEqualTo(text);
    }

    private static MigrationProgress seen(String state, List<TableProgress> tables, long seconds) {
        return seen(state, Optional.empty(), tables, seconds);
    }

    private static MigrationProgress seen(
            String state, Optional<String> throttle, List<TableProgress> tables, long seconds) {
        return new MigrationProgress(
                Goal.MIGRATED, state, Optional.empty(), throttle, START, START.plusSeconds(seconds), tables);
    }

    private static Optional<Instant> at(long seconds) {
        return Optional.of(START.plusSeconds(seconds));
    }
}
