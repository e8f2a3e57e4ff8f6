package dev.realms.migration.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.migration.pressure.Pressure.Throttle;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MigrationMetricsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void saysHowItGoesWhileItRuns() throws Exception {
        MigrationView.Count some = new MigrationView.Count(3, 4);
        MigrationView view = new MigrationView(
                "running",
                null,
                NOW,
                7,
                "node/1",
                some,
                some,
                List.of(new MigrationView.Table("documents", 3, 4, NOW, null)),
                1.5,
                2L,
                9L,
                new MigrationView.Chunk(500, 98, 100),
                2,
                new Throttle("lockWaits", 12, 5, NOW),
                NOW,
                NOW,
                1,
                List.of());

        assertThat(text(view).lines())
                .contains(
                        "realms_migration_state{state=\"running\"} 1.0",
                        "realms_migration_done_ratio{table=\"documents\"} 0.75",
                        "realms_migration_rows_per_second 1.5",
                        "realms_migration_remaining_seconds 9.0",
                        "realms_migration_chunk_rows 500.0",
                        "realms_migration_chunk_milliseconds 98.0",
                        "realms_migration_throttled{signal=\"lockWaits\"} 12.0",
                        "realms_migration_failed_chunks 1.0");
    }

    @Test
    void leavesOutWhatIsNotKnown() throws Exception {
        MigrationView.Count none = new MigrationView.Count(0, 0);
        MigrationView view = new MigrationView(
                "expanded",
                null,
                NOW,
                1,
                null,
                none,
                none,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                0,
                List.of());

        assertThat(text(view).lines())
                .noneMatch(line -> line.matches("realms_migration_(rows|remaining|chunk|throttled).*"));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 1", "0, 7, 0", "1, 3, 0.333", "99999, 100000, 0.999", "7, 7, 1"})
    void tellsNobodyHowManyRowsThereAre(long done, long total, double ratio) {
        assertThat(MigrationMetrics.ratio(new MigrationView.Table("users", done, total, NOW, null)))
                .isEqualTo(ratio);
    }

    private static String text(MigrationView view) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(out, MigrationMetrics.of(view));
        return out.toString(StandardCharsets.UTF_8);
    }
}
