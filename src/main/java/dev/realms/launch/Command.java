package dev.realms.launch;

import dev.realms.settings.SettingException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Runs a command to its exit code. The JVM is Maven's, so it is ended here, before Maven adds pages of its own. */
final class Command {

    /** What the command does; it returns the exit code. */
    @FunctionalInterface
    interface Body {
        int run(StopSignal stop) throws IOException;
    }

    /** Why a command ends with exit code 1: the message is one sentence for the operator, with no secret in it. */
    static final class CannotStart extends RuntimeException {

        CannotStart(String sentence) {
            super(sentence);
        }

        CannotStart(String sentence, Throwable cause) {
            super(sentence, cause);
        }
    }

    /** The wait was cut short because the operator wants the command to end. */
    static final class Stopped extends RuntimeException {
        private Stopped() {
            super("stopped");
        }
    }

    /**
     * Ctrl-C and its relatives, turned into something the main thread waits for, so that the child and the database end in
     * order and Maven has no say in it.
     *
     * <p>A shutdown hook keeps the JVM alive until the command has ended, and then ends it with the command's exit code. A signal that was ignored
     * when the command was started (nohup, the background of a script) stays ignored: the JVM sees to that.
     */
    static final class StopSignal {

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

    private Command() {}

    static void run(Body body) {
        StopSignal stop = StopSignal.install();
        stop.exit(exitCode(body, stop));
    }

    private static int exitCode(Body body, StopSignal stop) {
        try {
            return body.run(stop);
        } catch (SettingException | CannotStart e) {
            return fail(e.getMessage());
        } catch (Stopped stopped) {
            return 0;
        } catch (IOException | RuntimeException | Error e) {
            // Nobody foresaw this one: its class is what tells a developer where to look.
            return fail("Unexpected " + e + ".");
        }
    }

    private static int fail(String sentence) {
        System.out.flush();
        System.err.println("ERROR: " + sentence);
        return 1;
    }
}
