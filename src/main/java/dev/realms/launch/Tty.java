package dev.realms.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** What the operating system knows of this process's terminal, asked through its own small programs. */
final class Tty {

    private static final int NARROWEST = 40;

    private Tty() {}

    /** Not {@code System.console()}: it is null when only standard input is redirected, and from JDK 22 on it never is. */
    static boolean isOutput() {
        try {
            Process process = new ProcessBuilder("test", "-t", "1").inheritIO().start();
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static int columns(int otherwise) {
        try {
            Process process = new ProcessBuilder("sh", "-c", "stty size </dev/tty 2>/dev/null").start();
            String[] size = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .strip()
                    .split(" ");
            int columns = Integer.parseInt(size[size.length - 1]);
            return columns >= NARROWEST ? columns : otherwise;
        } catch (IOException | NumberFormatException unknown) {
            return otherwise;
        }
    }
}
