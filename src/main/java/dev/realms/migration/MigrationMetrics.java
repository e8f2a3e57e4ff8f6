package dev.realms.migration;

import dev.realms.owner.DatabaseFault;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The migration in numbers, read from its books: they are the same whichever node is asked. */
@ApplicationScoped
class MigrationMetrics implements MultiCollector {

    @Inject
    private MigrationControl control;

    /** None while the database can't be asked: what is not known is not zero. */
    @Override
    public MetricSnapshots collect() {
        MigrationView view;
        try {
            view = control.view();
        } catch (DatabaseFault unreachable) {
            return new MetricSnapshots();
        }
        return new MetricSnapshots(
                gauge(
                        "realms_migration_state",
                        "1 for the state that the migration is in, 0 for every other",
                        Arrays.asList(MigrationState.values()),
                        state -> Labels.of("state", state.text()),
                        state -> state.text().equals(view.state()) ? 1 : 0),
                ofTables(
                        view, "realms_migration_rows", "Rows of a table, users among them", MigrationView.Table::total),
                ofTables(
                        view,
                        "realms_migration_rows_done",
                        "Rows that have their realm, and users that have their default realm",
                        MigrationView.Table::done),
                gauge(
                        "realms_migration_rows_per_second",
                        "Rows done in a second, since this run began",
                        view.rowsPerSecond()));
    }

    private static GaugeSnapshot ofTables(
            MigrationView view, String name, String help, ToDoubleFunction<MigrationView.Table> value) {
        return gauge(name, help, view.tables(), table -> Labels.of("table", table.name()), value);
    }

    /** @param value null: not known, and left out */
    private static GaugeSnapshot gauge(String name, String help, Number value) {
        List<Number> known = value == null ? List.of() : List.of(value);
        return gauge(name, help, known, number -> Labels.EMPTY, Number::doubleValue);
    }

    private static <T> GaugeSnapshot gauge(
            String name, String help, List<T> points, Function<T, Labels> labels, ToDoubleFunction<T> value) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        points.forEach(point -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(labels.apply(point))
                .value(value.applyAsDouble(point))
                .build()));
        return gauge.build();
    }
}
