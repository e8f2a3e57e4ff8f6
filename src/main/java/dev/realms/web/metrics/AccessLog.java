package dev.realms.web.metrics;

import dev.realms.settings.SettingException;
import dev.realms.settings.Settings;
import dev.realms.settings.Settings.AccessLogging;
import dev.realms.web.forwarded.TrustedProxies;
import dev.realms.web.json.Instants;
import dev.realms.web.json.RecordJson;
import dev.realms.web.limit.RequestAddress;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/**
 * {@code logs/access.0.log} in the data directory: a line of JSON for each request, where the settings ask for it. No path, for paths hold ids;
 * no address but as the settings allow. Five files of 10 MB, the newest first.
 */
@ApplicationScoped
class AccessLog {

    private static final Logger LOG = Logger.getLogger(AccessLog.class.getName());
    private static final String ID = "X-Request-Id";

    /** What a proxy may have given already. */
    private static final Pattern ID_FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");

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

    /** What is known of a request from the beginning. */
    record Entry(String id, String address) {}

    @Inject
    private Settings settings;

    @Inject
    private TrustedProxies proxies;

    /** Null where nothing is written. */
    private FileHandler file;

    /** At the start: where the file can't be, nobody is to be served without one. */
    void open(@Observes @Initialized(ApplicationScoped.class) Object start) {
        if (settings.accessLogging() == AccessLogging.OFF) {
            return;
        }
        Path folder = settings.dataDirectory().resolve("logs").toAbsolutePath();
        try {
            Files.createDirectories(folder);
            file = new FileHandler(folder.toString().replace("%", "%%") + "/access.%g.log", BYTES, FILES, true);
            file.setFormatter(new Lines());
        } catch (IOException e) {
            SettingException wrong = new SettingException(
                    Settings.ACCESS_LOG + " asks for a log in " + folder + ", which can't be written.");
            LOG.log(Level.SEVERE, "REALMS CANNOT START: {0}", wrong.getMessage());
            throw wrong;
        }
    }

    @PreDestroy
    void close() {
        if (file != null) {
            file.close();
        }
    }

    /** Names a request, in its answer too, before it is served; null where nothing is written. */
    Entry begin(HttpServletRequest request, HttpServletResponse response) {
        if (file == null) {
            return null;
        }
        String given = request.getHeader(ID);
        String id = given != null && ID_FORM.matcher(given).matches()
                ? given
                : UUID.randomUUID().toString();
        response.setHeader(ID, id);
        return new Entry(id, address(request));
    }

    private String address(HttpServletRequest request) {
        return switch (settings.accessLogging()) {
            case OFF, ON -> null;
            case NETWORKS ->
                proxies.client(request).map(RequestAddress::network).orElse(null);
            case ADDRESSES ->
                proxies.client(request).map(InetAddress::getHostAddress).orElse(null);
        };
    }

    /** @param entry as {@link #begin} gave it */
    void write(Entry entry, String method, String route, int status, double seconds) {
        if (entry != null) {
            double milliseconds = Math.round(seconds * 1e6) / 1e3;
            AccessLine line =
                    new AccessLine(Instants.now(), entry.id(), method, route, status, milliseconds, entry.address());
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
