package dev.realms.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessMarkTest {

    @TempDir
    Path folder;

    @Test
    void findsOnlyTheVeryProcess() throws IOException {
        Process process = new ProcessBuilder("sleep", "77").start();
        try {
            ProcessMark mark = ProcessMark.of(process.toHandle());
            mark.write(folder.resolve("pid"));

            assertThat(ProcessMark.read(folder.resolve("pid"))).contains(mark);
            assertThat(mark.find("77")).contains(process.toHandle());
            assertThat(mark.find("78")).isEmpty();
            assertThat(new ProcessMark(mark.pid(), mark.startedMillis() - 1_000).find("77"))
                    .isEmpty();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void ignoresAFileThatIsMissingOrHalfWritten() throws IOException {
        assertThat(ProcessMark.read(folder.resolve("none"))).isEmpty();
        assertThat(ProcessMark.read(Files.writeString(folder.resolve("half"), "12")))
                .isEmpty();
    }
}
