package dev.realms.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Which process it was. The id alone proves nothing, because ids are used again: the moment of its start and an argument that
 * only ours has must fit too.
 */
record ProcessMark(long pid, long startedMillis) {

    static ProcessMark of(ProcessHandle process) {
        return new ProcessMark(process.pid(), startedMillis(process));
    }

    static Optional<ProcessMark> read(Path file) throws IOException {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        String[] words = Files.readString(file).strip().split(" ");
        try {
            return Optional.of(new ProcessMark(Long.parseLong(words[0]), Long.parseLong(words[1])));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException halfWritten) {
            return Optional.empty();
        }
    }

    void write(Path file) throws IOException {
        Files.writeString(file, pid + " " + startedMillis + "\n");
    }

    /** The process, if it still runs and is the one. */
    Optional<ProcessHandle> find(String argument) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> startedMillis(process) == startedMillis)
                .filter(process -> process.info()
                        .arguments()
                        .filter(arguments -> Arrays.asList(arguments).contains(argument))
                        .isPresent());
    }

    private static long startedMillis(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(-1L);
    }
}
