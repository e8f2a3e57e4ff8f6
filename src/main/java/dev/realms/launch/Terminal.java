package dev.realms.launch;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Where the command writes: a terminal, on which lines can be drawn again, or a pipe or file, on which they can't. */
final class Terminal {

    private static final int USUAL_WIDTH = 100;
    private static final String CLEAR_TO_END_OF_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";

    private final PrintStream out;
    private final boolean redraws;
    private final boolean unicode;
    private final int width;
    private int drawn;

    Terminal(PrintStream out, boolean redraws, boolean unicode, int width) {
        this.out = out;
        this.redraws = redraws;
        this.unicode = unicode;
        this.width = width;
    }

    static Terminal ofThisProcess() {
        boolean interactive = !"interactive=false".equals(System.getProperty("launch.terminal"));
        boolean redraws =
                interactive && Tty.isOutput() && !"dumb".equals(System.getenv().getOrDefault("TERM", "dumb"));
        return new Terminal(System.out, redraws, showsUnicode(), redraws ? Tty.columns(USUAL_WIDTH) : USUAL_WIDTH);
    }

    boolean redraws() {
        return redraws;
    }

    boolean unicode() {
        return unicode;
    }

    int width() {
        return width;
    }

    void say(String line) {
        drawn = 0;
        out.println(line);
        out.flush();
    }

    /** Writes lines that the next call of this method writes over; only where {@link #redraws()}. */
    void redraw(List<String> lines) {
        StringBuilder text = new StringBuilder();
        if (drawn > 0) {
            text.append("\u001b[").append(drawn).append("A\r");
        }
        lines.forEach(line -> text.append(line).append(CLEAR_TO_END_OF_LINE).append('\n'));
        out.print(text.append(CLEAR_BELOW));
        out.flush();
        drawn = lines.size();
    }

    private static boolean showsUnicode() {
        String name = System.getProperty("sun.stdout.encoding", System.getProperty("native.encoding", "UTF-8"));
        return Charset.isSupported(name) && Charset.forName(name).equals(StandardCharsets.UTF_8);
    }
}
