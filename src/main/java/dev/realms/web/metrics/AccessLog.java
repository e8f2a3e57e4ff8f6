package dev.realms.web.metrics;

import dev.realms.settings.Settings;
import dev.realms.settings.Settings.AccessLogging;
import dev.realms.web.forwarded.TrustedProxies;
import dev.realms.web.json.Instants;
import dev.realms.web.json.RecordJson;
import dev.realms.web.limit.RequestAddress;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * {@code logs/access.0.log} in the data directory: a line of JSON for each request, where the settings ask for it. No path, for paths hold ids;
 * no address but as the settings allow. Five files of 10 MB, the newest first.
 */
@ApplicationScoped
class AccessLog {

    private static final int BYTES = 10 << 20;
    private static final int FILES = 5;

    /**
     * A line.
     *
     * @param id what the answer says as {@code X-Request-Id}
     * @param route as in the metrics
     * @param milliseconds until the last byte was handed over
     * @param address where it came from, or the network; null unless asked for
     */
    record AccessLine(
            Instant at, String id, String method, String route, int status, double milliseconds, String address) {}

    @Inject
    private Settings settings;

    @Inject
    private TrustedProxies proxies;

    private FileHandler file;

    @PostConstruct
    void open() {
        if (settings.accessLogging() == AccessLogging.OFF) {
            return;
        }
        try {
            Path folder = Files.createDirectories(settings.dataDirectory().resolve("logs"));
            file = new FileHandler(
                    folder.toAbsolutePath().toString().replace("%", "%%") + "/access.%g.log", BYTES, FILES, true);
            file.setFormatter(new Lines());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @PreDestroy
    void close() {
        if (file != null) {
            file.close();
        }
    }

    boolean isOn() {
        return file != null;
    }

    /** To be asked while the request is under way; null where it is not to be written. */
    String address(HttpServletRequest request) {
        return switch (settings.accessLogging()) {
            case OFF, ON -> null;
            case NETWORKS ->
                proxies.client(request).map(RequestAddress::network).orElse(null);
            case ADDRESSES ->
                proxies.client(request).map(InetAddress::getHostAddress).orElse(null);
        };
    }

    void write(String id, String method, String route, int status, double seconds, String address) {
        if (file != null) {
            AccessLine line =
                    new AccessLine(Instants.now(), id, method, route, status, Math.round(seconds * 1e6) / 1e3, address);
            file.publish(new LogRecord(Level.INFO, RecordJson.text(line)));
        }
    }

    private static final class Lines extends Formatter {

        @Override
        public String format(LogRecord line) {
            return line.getMessage() + "\n";
        }
    }
}
