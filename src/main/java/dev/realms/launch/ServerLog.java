package dev.realms.launch;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Follows the log of the application server: why the application can't start, for what the schema waits, and that the server is up. */
final class ServerLog {

    private static final String REFUSAL = "REALMS CANNOT START: ";
    private static final Pattern LOCK_WAIT = Pattern.compile("Stage \\w+ waits for a lock, ");
    private static final Pattern DEPLOYED = Pattern.compile("Payara Micro .* ready in [0-9,.]+ ");
    private static final int MOST_BYTES = 1 << 20;

    private final Path file;
    private long position;
    private Optional<String> refusal = Optional.empty();
    private Optional<String> lockWait = Optional.empty();
    private boolean deployed;

    ServerLog(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    /** The first sentence of refusal written so far. */
    Optional<String> refusal() {
        read();
        return refusal;
    }

    /** The latest sentence about a lock that is waited for, each once. */
    Optional<String> nextLockWait() {
        read();
        Optional<String> latest = lockWait;
        lockWait = Optional.empty();
        return latest;
    }

    /** Whether the server has finished deploying, well or not. */
    boolean isDeployed() {
        read();
        return deployed;
    }

    private void read() {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            if (log.length() < position) {
                // Somebody has emptied it.
                position = 0;
            }
            boolean more = true;
            while (more) {
                byte[] bytes = new byte[(int) Math.min(MOST_BYTES, log.length() - position)];
                log.seek(position);
                log.readFully(bytes);
                // The last line may not be complete yet, unless it is longer than all that is read at a time.
                int end = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf('\n') + 1;
                int done = end == 0 && bytes.length == MOST_BYTES ? bytes.length : end;
                new String(bytes, 0, done, StandardCharsets.UTF_8).lines().forEach(this::scan);
                position += done;
                more = done > 0;
            }
        } catch (IOException notThereYet) {
            // Asked again soon.
        }
    }

    private void scan(String line) {
        if (refusal.isEmpty() && line.contains(REFUSAL)) {
            refusal = Optional.of(sentence(line, line.indexOf(REFUSAL) + REFUSAL.length()));
        }
        Matcher wait = LOCK_WAIT.matcher(line);
        if (wait.find()) {
            lockWait = Optional.of(sentence(line, wait.start()));
        }
        deployed = deployed || DEPLOYED.matcher(line).find();
    }

    /** Without colours and the end of the record, which the server's formatter may put on the same line. */
    private static String sentence(String line, int start) {
        return line.substring(start)
                .replaceAll("\\u001b\\[[0-9;]*m", "")
                .replaceFirst("]]\\s*$", "")
                .strip();
    }
}
