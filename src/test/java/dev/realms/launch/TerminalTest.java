package dev.realms.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Terminal terminal = new Terminal(new PrintStream(written, true, StandardCharsets.UTF_8), true, true);

    /** A line that wrapped would be two: the next picture would stand below the rest of the last one. */
    @Test
    void drawsOverTheLastPictureAndLetsNoLineWrap() {
        terminal.redraw(List.of("a", "b"));
        terminal.redraw(List.of("c", "d"));

        assertThat(written.toString(StandardCharsets.UTF_8).replace('\u001b', '^'))
                .isEqualTo("^[?7la^[K\nb^[K\n^[J^[?7h^[?7l^[2A\rc^[K\nd^[K\n^[J^[?7h");
    }

    @Test
    void drawsBelowWhatWasSaid() {
        terminal.redraw(List.of("a"));
        terminal.say("done");
        terminal.redraw(List.of("b"));

        assertThat(written.toString(StandardCharsets.UTF_8)).endsWith("done\n\u001b[?7lb\u001b[K\n\u001b[J\u001b[?7h");
    }
}
