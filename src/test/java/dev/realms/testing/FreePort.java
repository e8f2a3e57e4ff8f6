package dev.realms.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** For a process that a test starts. */
public final class FreePort {

    /** Below those that the system gives to connections that go out, of which one may take a port before its server listens. */
    private static final int LOWEST = 10_240;

    private static final int BEYOND = 32_768;

    private FreePort() {}

    /** One that nobody listened to on the loopback interface a moment ago. */
    public static int find() {
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
}
