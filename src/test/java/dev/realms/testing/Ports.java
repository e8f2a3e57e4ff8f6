package dev.realms.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** Of processes that a test starts. */
public final class Ports {

    /** Below those that the system gives to connections that go out, of which one may take a port before its server listens. */
    private static final int LOWEST = 10_240;

    private static final int BEYOND = 32_768;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private Ports() {}

    /** One that nobody listened to on the loopback interface a moment ago. */
    public static int findFree() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, BEYOND);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // Another one is tried.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Waits until a process listens.
     *
     * @param log what it writes
     * @throws IOException with its log, when it has ended, or takes too long
     */
    public static void awaitListener(int port, Process process, Path log) throws IOException {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException notYet) {
                if (!process.isAlive() || Instant.now().isAfter(end)) {
                    throw new IOException("Nobody listens: " + Files.readString(log), notYet);
                }
                LockSupport.parkNanos(20_000_000);
            }
        }
    }
}
