package dev.realms.launch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Shows the migration that the child runs, until it comes to a rest. */
final class MigrationWatch {

    private static final Duration INTERVAL = Duration.ofMillis(200);

    /** How long a deployed application may take to begin, on a busy machine too. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final MigrationBooks books;
    private final MigrationDisplay display;
    private final StopSignal stop;

    MigrationWatch(MigrationBooks books, Terminal terminal, StopSignal stop) {
        this.books = books;
        this.display = new MigrationDisplay(terminal);
        this.stop = stop;
    }

    /**
     * Returns when the migration is done, has stopped, or did not begin although the application is deployed.
     *
     * @param before what the books said before the child started: an old failure is no news
     * @throws CannotStart when the server ends or the application refuses to start
     */
    Optional<MigrationProgress> follow(ServerProcess server, Optional<MigrationProgress> before) {
        Instant deadline = null;
        while (true) {
            server.check();
            Optional<MigrationProgress> seen = books.read();
            if (seen.filter(progress -> isAtWork(progress, before)).isPresent()) {
                display.show(seen.get());
                deadline = null;
            } else if (seen.filter(progress -> isResult(progress, before)).isPresent()) {
                if (before.filter(MigrationProgress::isReached).isEmpty()) {
                    display.finish(seen.get());
                }
                return seen;
            } else if (server.log().isDeployed()) {
                deadline = deadline == null ? Instant.now().plus(PATIENCE) : deadline;
                if (Instant.now().isAfter(deadline)) {
                    return seen;
                }
            }
            stop.pause(INTERVAL);
        }
    }

    /** What the books say, with no waiting. */
    Optional<MigrationProgress> look() {
        return books.read();
    }

    /** After a crash the books go on saying what they said, until somebody takes the work up. */
    private static boolean isAtWork(MigrationProgress progress, Optional<MigrationProgress> before) {
        boolean asLeft = before.filter(left -> left.state().equals(progress.state()))
                .filter(left -> left.changed().equals(progress.changed()))
                .filter(left -> left.tables().equals(progress.tables()))
                .isPresent();
        return progress.isUnderWay() && !asLeft;
    }

    private static boolean isResult(MigrationProgress progress, Optional<MigrationProgress> before) {
        boolean isNews = before.map(MigrationProgress::changed)
                .map(progress.changed()::isAfter)
                .orElse(true);
        return progress.isReached() || (isNews && !progress.isBefore() && !progress.isUnderWay());
    }
}
