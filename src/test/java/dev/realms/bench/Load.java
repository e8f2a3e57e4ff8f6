package dev.realms.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Callers that do one thing over and over, as fast as they are answered. */
public final class Load {

    /** One caller's act; an exception ends the measurement. */
    public interface Act {
        void run() throws Exception;
    }

    /**
     * @param perSecond acts of all callers together
     * @param median of one act, milliseconds
     * @param p99 of one act, milliseconds
     */
    public record Measured(double perSecond, double median, double p99) {}

    private Load() {}

    /** @param act the act of the caller with this number, from 0 */
    public static Measured run(int callers, Duration time, IntFunction<Act> act) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            long begin = System.nanoTime();
            long end = begin + time.toNanos();
            List<Callable<long[]>> work = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                Act own = act.apply(caller);
                work.add(() -> repeat(own, end));
            }
            List<long[]> times = new ArrayList<>();
            for (Future<long[]> done : threads.invokeAll(work)) {
                times.add(done.get());
            }
            return measured(times, System.nanoTime() - begin);
        } finally {
            threads.shutdownNow();
        }
    }

    private static long[] repeat(Act act, long end) throws Exception {
        long[] times = new long[1024];
        int count = 0;
        for (long now = System.nanoTime(); now < end; count++) {
            act.run();
            long after = System.nanoTime();
            if (count == times.length) {
                times = Arrays.copyOf(times, count * 2);
            }
            times[count] = after - now;
            now = after;
        }
        return Arrays.copyOf(times, count);
    }

    private static Measured measured(List<long[]> times, long nanos) {
        long[] all = times.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        return new Measured(all.length * 1e9 / nanos, at(all, 0.5), at(all, 0.99));
    }

    private static double at(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, sorted.length * share)] / 1e6;
    }
}
