package dev.realms.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLogTest {

    @TempDir
    Path folder;

    @Test
    void findsTheRefusalOnceItsLineIsComplete() throws IOException {
        Path file = folder.resolve("server.log");
        ServerLog log = new ServerLog(file);

        assertThat(log.refusal()).isEmpty();
        write(file, "starting\n2026 SEVERE dev.realms REALMS CANNOT START: realms.secret");
        assertThat(log.refusal()).isEmpty();
        write(file, "-key is missing.]]\nmore\nREALMS CANNOT START: later.\n");
        assertThat(log.refusal()).contains("realms.secret-key is missing.");
    }

    @Test
    void knowsWhenTheServerIsUp() throws IOException {
        Path file = folder.resolve("server.log");
        ServerLog log = new ServerLog(file);

        write(file, "INFO PayaraMicro Deployed 1 archive(s)\n");
        assertThat(log.isDeployed()).isFalse();
        write(file, "INFO PayaraMicro Payara Micro 6.2025.10 (build 42) ready in 4,703 (ms)\n");
        assertThat(log.isDeployed()).isTrue();
    }

    @Test
    void tellsOnceForWhatTheSchemaWaits() throws IOException {
        Path file = folder.resolve("server.log");
        ServerLog log = new ServerLog(file);

        write(
                file,
                "INFO dev.realms.StageRun Stage TAKE_OVER waits for a lock, try 4. Transactions that may be in the way: psql.\n");
        assertThat(log.nextLockWait())
                .contains("Stage TAKE_OVER waits for a lock, try 4. Transactions that may be in the way: psql.");
        assertThat(log.nextLockWait()).isEmpty();
    }

    @Test
    void goesOnWhenSomebodyEmptiesTheFile() throws IOException {
        Path file = folder.resolve("server.log");
        ServerLog log = new ServerLog(file);

        write(file, "REALMS CANNOT START: first.\n");
        assertThat(log.refusal()).contains("first.");
        Files.writeString(file, "");
        assertThat(log.isDeployed()).isFalse();
        assertThat(log.refusal()).contains("first.");
        write(file, "INFO PayaraMicro Payara Micro 6.2025.10 (build 42) ready in 4,703 (ms)\n");
        assertThat(log.isDeployed()).isTrue();
    }

    @Test
    void readsOnAfterALineOfMegabytes() throws IOException {
        Path file = folder.resolve("server.log");
        ServerLog log = new ServerLog(file);

        write(file, "x".repeat(3 << 20) + "\nREALMS CANNOT START: after it.\n");

        assertThat(log.refusal()).contains("after it.");
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
