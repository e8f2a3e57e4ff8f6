package dev.realms.realm.isolation;

import dev.realms.bench.Medians;
import dev.realms.testing.Effort;
import java.util.ArrayList;
import java.util.List;

/** Whether two kinds of requests take comparably long, on a machine that is busy with other things, too. */
final class Pace {

    private static final int WARM_UP = 2;
    private static final int ROUNDS = 7 * Effort.TIMES;
    private static final int TRIES = 5;
    private static final double RATIO = 1.5;
    private static final double MILLIS = 2;

    private Pace() {}

    /** Empty, or by how much they differed each time: in their medians by more than half, and by more than 2 ms. */
    static String compare(String what, Runnable one, Runnable other) {
        StringBuilder differences = new StringBuilder();
        for (int i = 0; i < WARM_UP; i++) {
            one.run();
            other.run();
        }
        for (int i = 1; i <= TRIES; i++) {
            String difference = measure(what, one, other, ROUNDS * i);
            if (difference.isEmpty()) {
                return "";
            }
            differences.append(difference);
        }
        return what + ": " + differences;
    }

    private static String measure(String what, Runnable one, Runnable other, int rounds) {
        List<Double> ones = new ArrayList<>();
        List<Double> others = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            // Neither of them always first.
            if (i % 2 == 0) {
                ones.add(millis(one));
                others.add(millis(other));
            } else {
                others.add(millis(other));
                ones.add(millis(one));
            }
        }
        double first = Medians.of(ones, Double::doubleValue);
        double second = Medians.of(others, Double::doubleValue);
        System.out.printf("%.2f ms %.2f ms %s%n", first, second, what);
        double low = Math.min(first, second);
        double high = Math.max(first, second);
        return high < low * RATIO || high - low < MILLIS ? "" : "%.1f ms and %.1f ms; ".formatted(first, second);
    }

    private static double millis(Runnable act) {
        long start = System.nanoTime();
        act.run();
        return (System.nanoTime() - start) / 1e6;
    }
}
