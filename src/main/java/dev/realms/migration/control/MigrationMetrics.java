package dev.realms.migration.control;

import dev.realms.migration.control.MigrationView.Chunk;
import dev.realms.migration.pressure.Pressure.Throttle;
import dev.realms.migration.state.MigrationState;
import dev.realms.ops.health.SharedAnswer;
import dev.realms.web.metrics.Gauges;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * The migration in numbers, read from its books: they are the same whichever node is asked. Anybody may read them, so how much there is of what
 * people own is not among them.
 */
@ApplicationScoped
class MigrationMetrics implements MultiCollector {

    @Inject
    private MigrationControl control;

    @Resource
    private ManagedExecutorService executor;

    private SharedAnswer<MigrationView> view;

    @PostConstruct
    void start() {
        view = new SharedAnswer<>(executor, control::view);
    }

    /** None while the database can't be asked: what is not known is not zero. */
    @Override
    public MetricSnapshots collect() {
        return view.get().map(MigrationMetrics::of).orElseGet(MetricSnapshots::new);
    }

    static MetricSnapshots of(MigrationView view) {
        return new MetricSnapshots(
                Gauges.of(
                        "realms_migration_state",
                        "1 for the state that the migration is in, 0 for every other",
                        Arrays.asList(MigrationState.values()),
                        state -> Labels.of("state", state.text()),
                        state -> state.text().equals(view.state()) ? 1 : 0),
                Gauges.of(
                        "realms_migration_done_ratio",
                        "Which part of a table's rows has its realm, and of the users their default realm",
                        view.tables(),
                        table -> Labels.of("table", table.name()),
                        MigrationMetrics::ratio),
                Gauges.of(
                        "realms_migration_rows_per_second",
                        "Rows done in a second, since this run began",
                        view.rowsPerSecond()),
                Gauges.of(
                        "realms_migration_remaining_seconds",
                        "How long the rest takes at this rate",
                        view.remainingSeconds()),
                Gauges.of("realms_migration_chunk_rows", "Rows of the last transaction", of(view, Chunk::rows)),
                Gauges.of(
                        "realms_migration_chunk_milliseconds",
                        "How long the last transaction took",
                        of(view, Chunk::milliseconds)),
                Gauges.of(
                        "realms_migration_throttled",
                        "The value of the signal that slows the migration down; none where nothing does",
                        view.throttle() == null ? List.of() : List.of(view.throttle()),
                        throttle -> Labels.of("signal", throttle.signal()),
                        Throttle::value),
                Gauges.of("realms_migration_failed_chunks", "Portions that could not be moved", view.failedChunks()));
    }

    /** In thousandths, rounded down: from all digits one could tell how many rows there are. An empty table is done. */
    static double ratio(MigrationView.Table table) {
        return table.total() == 0 ? 1 : table.done() * 1000 / table.total() / 1e3;
    }

    private static Integer of(MigrationView view, Function<Chunk, Integer> value) {
        return view.chunk() == null ? null : value.apply(view.chunk());
    }
}
