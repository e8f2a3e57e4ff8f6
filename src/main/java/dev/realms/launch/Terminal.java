package dev.realms.launch;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Where the command writes: a terminal, on which lines can be drawn again, or a pipe or file, on which they can't. */
final class Terminal {

    /** A line that is wider than the terminal is cut by it. */
    private static final String NO_WRAPPING = "\u001b[?7l";

    private static final String WRAPPING = "\u001b[?7h";
    private static final String CLEAR_TO_END_OF_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";

    private final PrintStream out;
    private final boolean redraws;
    private final boolean unicode;
    private int drawn;

    Terminal(PrintStream out, boolean redraws, boolean unicode) {
        this.out = out;
        this.redraws = redraws;
        this.unicode = unicode;
    }

    static Terminal ofThisProcess() {
        boolean interactive = !"interactive=false".equals(System.getProperty("launch.terminal"));
        boolean dumb = "dumb".equals(System.getenv().getOrDefault("TERM", "dumb"));
        String encoding = System.getProperty("sun.stdout.encoding", System.getProperty("native.encoding", "UTF-8"));
        boolean unicode =
                Charset.isSupported(encoding) && Charset.forName(encoding).equals(StandardCharsets.UTF_8);
        return new Terminal(System.out, interactive && !dumb && isOutput(), unicode);
    }

    boolean redraws() {
        return redraws;
    }

    /** Whether it shows block characters. */
    boolean unicode() {
        return unicode;
    }

    void say(String line) {
        drawn = 0;
        out.println(line);
        out.flush();
    }

    /** Writes lines that the next call of this method writes over; only where {@link #redraws()}. */
    void redraw(List<String> lines) {
        StringBuilder text = new StringBuilder(NO_WRAPPING);
        if (drawn > 0) {
            text.append("\u001b[").append(drawn).append("A\r");
        }
        lines.forEach(line -> text.append(line).append(CLEAR_TO_END_OF_LINE).append('\n'));
        out.print(text.append(CLEAR_BELOW).append(WRAPPING));
        out.flush();
        drawn = lines.size();
    }

    /** Not {@code System.console()}: it is null when only standard input is redirected, and from JDK 22 on it never is. */
    private static boolean isOutput() {
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
}
