package dev.realms.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {

    @TempDir
    Path folder;

    @Test
    void endsTheServerThatWasLeftOnAFolderAndNoOther() throws IOException {
        Process left = start("--rootdir", folder.toString());
        Process other = start("--rootdir", folder + "-2");
        Process stranger = start("--folder", folder.toString());
        try {
            ServerProcess.stopLeftover(folder);

            assertThat(left.isAlive()).isFalse();
            assertThat(other.isAlive()).isTrue();
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            left.destroyForcibly();
            other.destroyForcibly();
            stranger.destroyForcibly();
        }
    }

    /** Something that takes any arguments and waits. */
    private static Process start(String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", "read line", "sh");
        builder.command().addAll(java.util.List.of(arguments));
        return builder.start();
    }
}
