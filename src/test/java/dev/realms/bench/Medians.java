package dev.realms.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** Rounds on a shared machine differ: what is reported is the one in the middle. */
public final class Medians {

    private Medians() {}

    public static <T> double of(List<T> rounds, ToDoubleFunction<T> value) {
        double[] sorted = rounds.stream().mapToDouble(value).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
