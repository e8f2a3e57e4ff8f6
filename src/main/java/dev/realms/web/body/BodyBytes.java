package dev.realms.web.body;

import dev.realms.settings.Settings;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/** The bytes of a request's body: not too many, and not waited for too long. */
@ApplicationScoped
public class BodyBytes {

    /** Bytes of a body of which each piece may take as long as a whole one of others. */
    private static final int PIECE = 64 * 1024;

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final byte[] EMPTY_OBJECT = {'{', '}'};

    @Inject
    private BodyWatch watch;

    @Inject
    private LargeBody large;

    @Inject
    private Settings settings;

    /**
     * What was sent; a body with nothing in it counts as an empty object, like one that is {@linkplain MissingBody missing}. A large one
     * waits for a {@linkplain LargeBody permit}.
     *
     * @throws DomainException {@code too-large}, {@code too-slow}, {@code unavailable}, or {@code validation} when the caller has gone
     *     meanwhile
     */
    public byte[] of(InputStream body) {
        long patience = Duration.ofSeconds(settings.bodyTimeoutSeconds()).toNanos();
        long begun = System.nanoTime();
        byte[] start = read(body, LargeBody.LARGE, patience);
        requireFit(start.length);
        if (start.length < LargeBody.LARGE) {
            return start.length == 0 ? EMPTY_OBJECT : start;
        }
        patience -= System.nanoTime() - begun;
        large.begin();
        byte[] rest = read(body, settings.maxBodyBytes() + 1 - start.length, patience);
        requireFit(start.length + rest.length);
        byte[] all = Arrays.copyOf(start, start.length + rest.length);
        System.arraycopy(rest, 0, all, start.length, rest.length);
        return all;
    }

    /**
     * Writes what was sent to a file. It may be larger than others, and may take as long as they do for each piece, and ten minutes in all.
     *
     * @throws DomainException as {@link #of}
     */
    public void keep(InputStream body, Path file) throws IOException {
        long patience = Duration.ofSeconds(settings.bodyTimeoutSeconds()).toNanos();
        long length = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            long end = System.nanoTime() + LONGEST.toNanos();
            for (byte[] piece = read(body, PIECE, patience); piece.length > 0; piece = read(body, PIECE, patience)) {
                if (System.nanoTime() - end > 0) {
                    throw tooSlow();
                }
                length += piece.length;
                requireFit(length, settings.maxImportBytes());
                out.write(piece);
            }
        }
    }

    private byte[] read(InputStream body, int length, long patienceNanos) {
        BodyWatch.Reading reading = watch.begin(Duration.ofNanos(patienceNanos));
        try {
            return body.readNBytes(length);
        } catch (IOException e) {
            throw reading.isLate()
                    ? tooSlow()
                    : new DomainException(ProblemType.VALIDATION, "The request body is incomplete.");
        } finally {
            watch.end(reading);
        }
    }

    private void requireFit(long length) {
        requireFit(length, settings.maxBodyBytes());
    }

    /** @param length in bytes, or -1 when it is not known before the end
     * @throws DomainException {@code too-large} */
    static void requireFit(long length, int most) {
        if (length > most) {
            throw new DomainException(ProblemType.TOO_LARGE, "The request body is larger than " + most + " bytes.");
        }
    }

    private static DomainException tooSlow() {
        return new DomainException(
                ProblemType.TOO_SLOW, "The request body did not arrive within the time it is given.");
    }
}
