package dev.realms.launch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Draws the migration as text: one line per table and one for the whole. Knows nothing of terminals but their width.
 *
 * <p>100 % stands nowhere before the state says that the migration is done: verification may still find a fault.
 */
final class ProgressBars {

    private static final int WIDEST_BAR = 30;
    private static final int SHORTEST_NAME = 16;
    private static final int WITHOUT_BAR = 76;
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

    private final int width;
    private final boolean unicode;

    /** @param unicode whether the terminal can show block characters */
    ProgressBars(int width, boolean unicode) {
        this.width = width;
        this.unicode = unicode;
    }

    /** Each line is shorter than the width, so that no terminal wraps it. */
    List<String> draw(MigrationProgress progress) {
        List<String> lines = new ArrayList<>();
        int digits = Math.max(5, number(largest(progress)).length());
        int names = progress.tables().stream()
                .mapToInt(table -> table.table().length())
                .reduce(SHORTEST_NAME, Math::max);
        progress.tables().forEach(table -> lines.add(cut(line(table, progress, names, digits))));
        lines.add(withWholeParts("  " + summary(progress)));
        return lines;
    }

    /** The whole in one line, for where nothing can be redrawn. */
    String summary(MigrationProgress progress) {
        if (progress.tables().isEmpty()) {
            return "%-16s   0%%   looking and counting before the first change for %s"
                    .formatted(progress.state(), time(progress.inState()));
        }
        StringBuilder line = new StringBuilder();
        line.append("%-16s %4s".formatted(progress.state(), percent(wholeFraction(progress), progress)));
        line.append("   %s of %s rows".formatted(number(progress.done()), number(progress.total())));
        line.append("   elapsed ").append(time(progress.elapsed()));
        if (progress.state().equals("running") && progress.throttle().isPresent()) {
            line.append("   held back by ").append(progress.throttle().get());
        } else if (progress.state().equals("running")) {
            progress.remaining()
                    .ifPresent(
                            left -> line.append("   about ").append(time(left)).append(" left"));
        } else if (progress.state().equals("verifying")) {
            line.append(", ").append(time(progress.inState())).append(" of it checks and constraints");
        }
        return line.toString();
    }

    private String line(TableProgress table, MigrationProgress progress, int names, int digits) {
        return ("  %-" + names + "s %s %4s  %s of %s  %13s  %s")
                .formatted(
                        table.table(),
                        bar(shown(table.fraction(), progress)),
                        percent(table.fraction(), progress),
                        pad(table.done(), digits),
                        pad(table.total(), digits),
                        table.moved() == 0 ? "" : number(Math.round(table.rate(progress.now()))) + " rows/s",
                        pace(table, progress))
                .stripTrailing();
    }

    private static String pace(TableProgress table, MigrationProgress progress) {
        if (table.started().isEmpty()) {
            return table.total() == 0 ? "nothing to do" : "waiting";
        }
        if (table.ended().isPresent()) {
            return "took " + time(table.elapsed(progress.now()));
        }
        Optional<Duration> left = table.remaining(progress.now());
        return left.map(duration -> time(duration) + " left").orElse("starting");
    }

    private String bar(double fraction) {
        int cells = Math.max(8, Math.min(WIDEST_BAR, width - WITHOUT_BAR));
        int eighths = (int) Math.floor(fraction * cells * 8);
        if (!unicode) {
            return "[" + "#".repeat(eighths / 8) + ".".repeat(cells - eighths / 8) + "]";
        }
        String full = "█".repeat(eighths / 8);
        String part = eighths % 8 == 0 ? "" : EIGHTHS.substring(eighths % 8, eighths % 8 + 1);
        return full + part + "░".repeat(cells - full.length() - part.length());
    }

    private static double wholeFraction(MigrationProgress progress) {
        return progress.total() == 0 ? 0 : Math.min(1.0, (double) progress.done() / progress.total());
    }

    private static String percent(double fraction, MigrationProgress progress) {
        return (int) Math.floor(shown(fraction, progress) * 100) + "%";
    }

    private static double shown(double fraction, MigrationProgress progress) {
        return progress.isReached() ? 1.0 : Math.min(0.99, fraction);
    }

    private static long largest(MigrationProgress progress) {
        return progress.tables().stream().mapToLong(TableProgress::total).max().orElse(0);
    }

    private static String pad(long value, int digits) {
        String text = number(value);
        return " ".repeat(Math.max(0, digits - text.length())) + text;
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** 0:07, 12:30, 1:02:03. */
    static String time(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        return seconds < 3600
                ? "%d:%02d".formatted(seconds / 60, seconds % 60)
                : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /** What does not fit is left out as a whole, from the end: half a word tells nobody anything. */
    private String withWholeParts(String line) {
        String whole = line;
        while (whole.length() >= width && whole.strip().contains("   ")) {
            whole = whole.substring(0, whole.lastIndexOf("   "));
        }
        return cut(whole.stripTrailing());
    }

    private String cut(String line) {
        return line.length() < width ? line : line.substring(0, width - 1);
    }
}
