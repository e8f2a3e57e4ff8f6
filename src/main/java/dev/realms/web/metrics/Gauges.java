package dev.realms.web.metrics;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Gauges of what is known at the moment of a scrape. */
public final class Gauges {

    private Gauges() {}

    /** @param value null: not known, and left out */
    public static GaugeSnapshot of(String name, String help, Number value) {
        List<Number> known = value == null ? List.of() : List.of(value);
        return of(name, help, known, number -> Labels.EMPTY, Number::doubleValue);
    }

    /** With a point for each of some things. */
    public static <T> GaugeSnapshot of(
            String name, String help, List<T> points, Function<T, Labels> labels, ToDoubleFunction<T> value) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        points.forEach(point -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(labels.apply(point))
                .value(value.applyAsDouble(point))
                .build()));
        return gauge.build();
    }
}
