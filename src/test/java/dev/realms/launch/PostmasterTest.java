package dev.realms.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostmasterTest {

    @TempDir
    Path data;

    @Test
    void itsFilesMayGoWhileTheyAreRead() throws Exception {
        Files.writeString(data.resolve("postmaster.opts"), "/no/such/postgres \"-D\" \"x\"");
        AtomicBoolean read = new AtomicBoolean();
        CompletableFuture<Void> postgresql = CompletableFuture.runAsync(() -> comeAndGo(read));

        for (int i = 0; i < 5_000; i++) {
            assertThat(new Postmaster(data).isRunning()).isFalse();
        }

        read.set(true);
        postgresql.join();
    }

    private void comeAndGo(AtomicBoolean read) {
        Path file = data.resolve("postmaster.pid");
        try {
            while (!read.get()) {
                Files.writeString(file, ProcessHandle.current().pid() + "\n");
                Files.delete(file);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
