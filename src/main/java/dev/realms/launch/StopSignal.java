package dev.realms.launch;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and its relatives, turned into something the main thread waits for, so that the child and the database end in
 * order and Maven has no say in it.
 *
 * <p>A shutdown hook keeps the JVM alive until the command has ended, and then ends it with the command's exit code. A signal that was ignored
 * when the command was started (nohup, the background of a script) stays ignored: the JVM sees to that.
 */
final class StopSignal {

    /** The wait was cut short because the operator wants the command to end. */
    static final class Stopped extends RuntimeException {
        private Stopped() {
            super("stopped");
        }
    }

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private final Thread hook = new Thread(this::endWithTheCommand);

    /** Listens from now on. */
    static StopSignal install() {
        StopSignal stop = new StopSignal();
        Runtime.getRuntime().addShutdownHook(stop.hook);
        return stop;
    }

    /** Sleeps; a stop ends it early. @throws Stopped when the operator wants the command to end */
    void pause(Duration time) {
        try {
            if (requested.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Stopped();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped();
        }
    }

    /** Ends the JVM: to be called by the command when all that it started has ended. */
    void exit(int code) {
        exitCode.complete(code);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException signalled) {
            // The hook ends the JVM, while this thread waits in exit.
        }
        System.exit(code);
    }

    private void endWithTheCommand() {
        requested.countDown();
        Runtime.getRuntime().halt(exitCode.join());
    }
}
