package dev.realms.launch;

import dev.realms.settings.Settings;
import java.io.IOException;
import java.net.ServerSocket;

/** The port the service will listen on. */
final class HttpPort {

    private HttpPort() {}

    /**
     * Makes sure that the port can be opened now.
     *
     * @param port 0 for a free one
     * @return the port
     * @throws CannotStart when it can't
     */
    static int claim(int port) {
        try (ServerSocket probe = new ServerSocket(port)) {
            return probe.getLocalPort();
        } catch (IOException e) {
            boolean forbidden = String.valueOf(e.getMessage()).contains("denied");
            throw new CannotStart(
                    "%s: port %d %s; choose another, or 0 for a free one."
                            .formatted(
                                    Settings.HTTP_PORT,
                                    port,
                                    forbidden ? "may not be opened by this user" : "is already in use"),
                    e);
        }
    }
}
