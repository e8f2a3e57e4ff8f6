package dev.realms.launch;

import java.time.Duration;
import java.time.Instant;

/** Bars that move on a terminal; elsewhere a line now and then, and one whenever the state changes. */
final class MigrationDisplay {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    private final Terminal terminal;
    private final ProgressBars bars;
    private String shownState;
    private Instant nextLine = Instant.MIN;

    MigrationDisplay(Terminal terminal) {
        this.terminal = terminal;
        this.bars = new ProgressBars(terminal.width(), terminal.unicode());
    }

    void show(MigrationProgress progress) {
        if (terminal.redraws()) {
            terminal.redraw(bars.draw(progress));
        } else if (!progress.state().equals(shownState) || Instant.now().isAfter(nextLine)) {
            terminal.say("  " + bars.summary(progress));
            nextLine = Instant.now().plus(BETWEEN_LINES);
        }
        shownState = progress.state();
    }

    /** The last picture stays. Nothing is drawn where nothing was to be moved. */
    void finish(MigrationProgress progress) {
        if (shownState == null && progress.total() == 0) {
            return;
        }
        if (terminal.redraws()) {
            terminal.redraw(bars.draw(progress));
        } else {
            bars.draw(progress).forEach(terminal::say);
        }
    }
}
