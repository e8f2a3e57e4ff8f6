package dev.realms.launch;

import dev.realms.settings.SettingException;
import java.io.IOException;

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
        } catch (StopSignal.Stopped stopped) {
            return 0;
        } catch (IOException | RuntimeException e) {
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
