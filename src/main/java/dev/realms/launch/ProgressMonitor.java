package dev.realms.launch;

import dev.realms.launch.Command.CannotStart;
import dev.realms.launch.Command.StopSignal;
import dev.realms.launch.MigrationProgress.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Shows the work that the server does, until it comes to a rest: as bars on a terminal, elsewhere as a line now and then. */
final class ProgressMonitor {

    private static final Duration INTERVAL = Duration.ofMillis(200);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    /** The schema of a large, busy database is brought up while the server deploys, however long that takes. */
    private static final Duration DEPLOYING = Duration.ofDays(7);

    private final ProgressReader reader;
    private final Terminal terminal;
    private final ProgressBars bars;
    private final StopSignal stop;

    private Optional<MigrationProgress> seen = Optional.empty();
    private String shownState;
    private Instant nextLine = Instant.MIN;

    ProgressMonitor(ProgressReader reader, Terminal terminal, StopSignal stop) {
        this.reader = reader;
        this.terminal = terminal;
        this.bars = new ProgressBars(terminal.unicode());
        this.stop = stop;
    }

    /**
     * Returns when the work is done, has stopped, or did not begin although the application is deployed.
     *
     * @param before what was read before the server started: an old failure is no news
     * @return what was read last
     * @throws CannotStart when the server ends or the application refuses to start
     */
    Optional<MigrationProgress> follow(ServerProcess server, Optional<MigrationProgress> before) {
        while (server.await(() -> isNews(before), DEPLOYING, stop)) {
            if (isResult(seen.get(), before)) {
                if (before.filter(left -> left.is(Position.REACHED)).isEmpty()) {
                    finish(seen.get());
                }
                return seen;
            }
            show(seen.get());
            stop.pause(INTERVAL);
        }
        return seen;
    }

    private boolean isNews(Optional<MigrationProgress> before) {
        seen = reader.read();
        return seen.filter(now -> isAtWork(now, before) || isResult(now, before))
                .isPresent();
    }

    /** After a crash the database goes on saying what it said, until somebody takes the work up. */
    private static boolean isAtWork(MigrationProgress now, Optional<MigrationProgress> before) {
        boolean asLeft = before.filter(left -> left.changed().equals(now.changed()))
                .filter(left -> left.tables().equals(now.tables()))
                .isPresent();
        return now.is(Position.UNDER_WAY) && !asLeft;
    }

    private static boolean isResult(MigrationProgress now, Optional<MigrationProgress> before) {
        boolean isNew =
                before.filter(left -> !now.changed().isAfter(left.changed())).isEmpty();
        return now.is(Position.REACHED) || isNew && (now.is(Position.ENDED_EARLY) || now.is(Position.NO_WAY));
    }

    private void show(MigrationProgress progress) {
        if (terminal.redraws()) {
            terminal.redraw(bars.draw(progress));
        } else if (!progress.state().equals(shownState) || Instant.now().isAfter(nextLine)) {
            terminal.say("  " + bars.summary(progress));
            nextLine = Instant.now().plus(BETWEEN_LINES);
        }
        shownState = progress.state();
    }

    /** The last picture stays. Nothing is drawn where nothing was to be moved. */
    private void finish(MigrationProgress progress) {
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
