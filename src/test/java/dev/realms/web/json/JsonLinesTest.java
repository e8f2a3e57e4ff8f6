package dev.realms.web.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.web.problem.DomainException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesTest {

    @TempDir
    Path folder;

    @Test
    void readsLinesHoweverTheyEndAndNoBlankOnes() throws IOException {
        List<Object> read = new ArrayList<>();

        lines("{\"a\":\"1\"}\n\n \t\r\n{\"a\":\"2\"}\r\n{\"a\":\"3\"}").forEach(members -> read.add(members.get("a")));

        assertThat(read).containsExactly("1", "2", "3");
    }

    /** Longer than the pieces that are read, and with a line's end on each side of them. */
    @Test
    void readsLinesAcrossPieces() throws IOException {
        List<Object> read = new ArrayList<>();
        String text = "x".repeat((1 << 16) - 8);

        lines("{\"a\":\"%s\"}\n{\"a\":\"%s\"}\n".formatted(text, text)).forEach(members -> read.add(members.get("a")));

        assertThat(read).containsExactly(text, text);
    }

    @Test
    void namesEachLineThatIsWrongByItsNumber() throws IOException {
        JsonLines lines = lines("{\"a\":\"1\"}\n[]\n{\n{\"a\":\"2\"}\n");

        assertThatThrownBy(() -> lines.check(members -> {
                    if (members.get("a").equals("2")) {
                        throw DomainException.invalid("a".repeat(200), "must be 1");
                    }
                }))
                .isInstanceOfSatisfying(
                        DomainException.class,
                        fault -> assertThat(fault.errors())
                                .extracting(error -> error.field() + " " + error.message())
                                .containsExactly(
                                        "line 2 must be one JSON object",
                                        "line 3 must be one JSON object",
                                        "line 4, " + "a".repeat(100) + "… must be 1"));
    }

    @Test
    void refusesALineThatIsTooLong() throws IOException {
        JsonLines lines = lines("{}\n{" + " ".repeat(1 << 20) + "}");

        assertThatThrownBy(() -> lines.check(members -> {})).hasMessage("line 2 has more than 1048576 bytes.");
    }

    private JsonLines lines(String text) throws IOException {
        return new JsonLines(Files.writeString(folder.resolve("lines"), text));
    }
}
