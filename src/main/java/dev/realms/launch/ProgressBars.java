package dev.realms.launch;

import dev.realms.launch.MigrationProgress.Position;
import dev.realms.migration.move.ProgressTable.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Draws how far a database is as text: one line per table and one for the whole.
 *
 * <p>100 % stands nowhere before the state says that the work is done: verification may still find a fault.
 *
 * @param unicode whether the terminal can show block characters
 */
record ProgressBars(boolean unicode) {

    /** With this bar a line with six-digit counts fits into the usual 80 columns. */
    private static final int CELLS = 10;

    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

    List<String> draw(MigrationProgress progress) {
        List<String> lines = new ArrayList<>();
        int names = 16;
        int digits = 6;
        for (Line table : progress.tables()) {
            names = Math.max(names, table.table().length());
            digits = Math.max(digits, number(table.total()).length());
        }
        for (Line table : progress.tables()) {
            lines.add(line(table, progress, names, digits));
        }
        lines.add("  " + summary(progress));
        return lines;
    }

    /** The whole in one line, for where nothing can be redrawn. */
    String summary(MigrationProgress progress) {
        if (progress.tables().isEmpty()) {
            return "%-16s   0%%  looking and counting before the first change for %s"
                    .formatted(progress.state(), time(progress.inState()));
        }
        double fraction = shown(fraction(progress.done(), progress.total()), progress);
        String line = "%-16s %4s  %s of %s rows  elapsed %s"
                .formatted(
                        progress.state(),
                        percent(fraction),
                        number(progress.done()),
                        number(progress.total()),
                        time(progress.elapsed()));
        return switch (progress.state()) {
            case "running" ->
                line
                        + progress.throttle()
                                .map(why -> "  held back by " + why)
                                .or(() -> progress.remaining().map(left -> "  about " + time(left) + " left"))
                                .orElse("");
            case "verifying" -> line + ", " + time(progress.inState()) + " of it checks and constraints";
            default -> line;
        };
    }

    private String line(Line table, MigrationProgress progress, int names, int digits) {
        double fraction = shown(
                table.total() == 0 ? (table.endedAt() == null ? 0 : 1) : fraction(table.done(), table.total()),
                progress);
        return ("  %-" + names + "s %s %4s  %" + digits + "s of %" + digits + "s  %12s  %s")
                .formatted(
                        table.table(),
                        bar(fraction),
                        percent(fraction),
                        number(table.done()),
                        number(table.total()),
                        rate(table, progress),
                        pace(table, progress))
                .stripTrailing();
    }

    private static String rate(Line table, MigrationProgress progress) {
        long milliseconds = progress.elapsed(table).toMillis();
        long moved = MigrationProgress.moved(table);
        return moved == 0 || milliseconds <= 0 ? "" : number(Math.round(moved * 1000.0 / milliseconds)) + " rows/s";
    }

    private static String pace(Line table, MigrationProgress progress) {
        if (table.startedAt() == null) {
            return table.total() == 0 ? "nothing to do" : "waiting";
        }
        if (table.endedAt() != null) {
            return "took " + time(progress.elapsed(table));
        }
        return progress.remaining(table).map(left -> time(left) + " left").orElse("starting");
    }

    private String bar(double fraction) {
        int eighths = (int) Math.floor(fraction * CELLS * 8);
        if (!unicode) {
            return "[" + "#".repeat(eighths / 8) + ".".repeat(CELLS - eighths / 8) + "]";
        }
        String full = "█".repeat(eighths / 8);
        String part = eighths % 8 == 0 ? "" : EIGHTHS.substring(eighths % 8, eighths % 8 + 1);
        return full + part + "░".repeat(CELLS - full.length() - part.length());
    }

    private static String percent(double fraction) {
        return (int) Math.floor(fraction * 100) + "%";
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static double fraction(long done, long total) {
        return total == 0 ? 0 : Math.min(1.0, (double) done / total);
    }

    private static double shown(double fraction, MigrationProgress progress) {
        return progress.is(Position.REACHED) ? 1.0 : Math.min(0.99, fraction);
    }

    /** 0:07, 12:30, 1:02:03. */
    static String time(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        return seconds < 3600
                ? "%d:%02d".formatted(seconds / 60, seconds % 60)
                : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
