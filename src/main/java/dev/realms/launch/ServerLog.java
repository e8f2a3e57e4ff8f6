package dev.realms.launch;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Follows the log of the application server for two lines: why the application can't start, and that the server is up. */
final class ServerLog {

    private static final String REFUSAL = "REALMS CANNOT START: ";
    private static final Pattern DEPLOYED = Pattern.compile("Payara Micro .* ready in [0-9,.]+ ");
    private static final int MOST_BYTES = 1 << 20;

    private final Path file;
    private long position;
    private String unfinished = "";
    private String refusal;
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
        return Optional.ofNullable(refusal);
    }

    /** Whether the server has finished deploying, well or not. */
    boolean isDeployed() {
        read();
        return deployed;
    }

    private void read() {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            while (position < log.length()) {
                byte[] bytes = new byte[(int) Math.min(MOST_BYTES, log.length() - position)];
                log.seek(position);
                log.readFully(bytes);
                position += bytes.length;
                scan(unfinished + new String(bytes, StandardCharsets.UTF_8));
            }
        } catch (IOException notThereYet) {
            // Asked again soon.
        }
    }

    private void scan(String text) {
        int end = text.lastIndexOf('\n') + 1;
        text.substring(0, end).lines().forEach(this::scanLine);
        unfinished = text.substring(end);
    }

    private void scanLine(String line) {
        if (refusal == null && line.contains(REFUSAL)) {
            refusal = sentence(line);
        }
        deployed = deployed || DEPLOYED.matcher(line).find();
    }

    /** The server's formatter may close the record on the same line. */
    private static String sentence(String line) {
        return line.substring(line.indexOf(REFUSAL) + REFUSAL.length())
                .replaceAll("\\u001b\\[[0-9;]*m", "")
                .replaceFirst("]]\\s*$", "")
                .strip();
    }
}
