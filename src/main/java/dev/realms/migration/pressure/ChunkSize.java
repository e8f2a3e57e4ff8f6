package dev.realms.migration.pressure;

import java.time.Duration;

/**
 * How many rows the next transaction takes, so that it lasts about as long as it should. Goes down at once and up slowly: a long
 * transaction is what others notice.
 */
public final class ChunkSize {

    /** Of the target: what a transaction that is longer than most still keeps to. */
    private static final double AIM = 0.8;

    private static final int FIRST = 500;

    private Limits limits = Limits.DEFAULT;
    private double rows = FIRST;
    private int lastRows;
    private Duration last = Duration.ZERO;

    public synchronized void obey(Limits limits) {
        this.limits = limits;
    }

    public synchronized int rows() {
        return (int) Math.max(limits.floorRows(), Math.min(limits.ceilingRows(), rows));
    }

    public synchronized Duration target() {
        return Duration.ofMillis(limits.targetMilliseconds());
    }

    /** Begins carefully with what was measured before, perhaps of another table. */
    public synchronized void resume(int done, Duration took) {
        if (done > 0) {
            rows = Math.max(FIRST, AIM / 2 * done * target().toNanos() / Math.max(1, took.toNanos()));
        }
    }

    /** A portion that was cut short by the end of the table tells nothing. */
    public synchronized void measured(int done, Duration took) {
        lastRows = done;
        last = took;
        if (done < rows() / 2) {
            return;
        }
        double factor = AIM * target().toNanos() / Math.max(1, took.toNanos());
        rows = factor < 1
                ? done * Math.max(0.25, factor)
                : Math.max(done, rows()) * Math.min(done < 4 * FIRST ? 2.0 : 1.5, factor);
        rows = rows();
    }

    /** It was given back before it was done. */
    public synchronized void tooLong() {
        rows = rows() / 2.0;
    }

    /** @return rows of the last transaction */
    public synchronized int lastRows() {
        return lastRows;
    }

    /** @return time of the last transaction */
    public synchronized Duration last() {
        return last;
    }
}
