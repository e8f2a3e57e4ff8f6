package dev.realms.testing;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Hears everything that is logged in this process, at every level, as long as it is open. */
@InServer
public final class EveryLogLine extends Handler implements AutoCloseable {

    private static final Map<String, Level> LEVELS = Map.of(
            "",
            Level.ALL,
            "dev.realms",
            Level.ALL,
            "org.eclipse.persistence",
            Level.ALL,
            "org.postgresql",
            Level.ALL,
            // One level further down Payara prints an EJB's proxy by calling it, which prints it.
            "com.sun.ejb",
            Level.FINER);

    /** @param text message, parameters and stack trace */
    public record Line(String logger, Level level, String text) {}

    private final Map<Logger, Level> before = new HashMap<>();
    private final Queue<Line> lines = new ConcurrentLinkedQueue<>();
    private final ThreadLocal<Boolean> hearing = ThreadLocal.withInitial(() -> false);

    public EveryLogLine() {
        setLevel(Level.ALL);
        LEVELS.forEach((name, level) -> {
            Logger logger = Logger.getLogger(name);
            before.put(logger, logger.getLevel());
            logger.setLevel(level);
        });
        Logger.getLogger("").addHandler(this);
    }

    public List<Line> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void publish(LogRecord line) {
        // What a parameter prints may log in its turn.
        if (!hearing.get()) {
            hearing.set(true);
            lines.add(new Line(String.valueOf(line.getLoggerName()), line.getLevel(), text(line)));
            hearing.set(false);
        }
    }

    private static String text(LogRecord line) {
        StringWriter text = new StringWriter();
        text.append(line.getMessage()).append(' ').append(parameters(line));
        if (line.getThrown() != null) {
            line.getThrown().printStackTrace(new PrintWriter(text));
        }
        return text.toString();
    }

    private static String parameters(LogRecord line) {
        try {
            return Arrays.deepToString(line.getParameters());
        } catch (RuntimeException unprintable) {
            return unprintable.toString();
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(this);
        before.forEach(Logger::setLevel);
    }
}
