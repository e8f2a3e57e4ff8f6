package dev.realms.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What the runtime role sends to PostgreSQL, by PostgreSQL's own log. */
public final class StatementLog {

    private static final String OURS = System.getenv("REALMS_DB_APP_USER") + "|LOG:  ";

    private StatementLog() {}

    /** From here on every statement is written down. */
    public static void begin() {
        set("log_statement", "'all'");
        set("log_line_prefix", "'%u|'");
        TestDatabase.asSuperuser("SELECT pg_reload_conf()");
        awaitReload("all");
    }

    public static void end() {
        TestDatabase.asSuperuser("ALTER SYSTEM RESET log_statement");
        TestDatabase.asSuperuser("ALTER SYSTEM RESET log_line_prefix");
        TestDatabase.asSuperuser("SELECT pg_reload_conf()");
        awaitReload("none");
    }

    /** The first line of each statement that was sent while this ran and was waited for; empty ones ask whether anybody is there. */
    public static List<String> during(Runnable act) {
        int before = read().length();
        act.run();
        return Arrays.stream(read().substring(before).split("\n"))
                .filter(line -> line.startsWith(OURS))
                .map(line -> line.substring(OURS.length()))
                .filter(line -> line.startsWith("statement: ") || line.startsWith("execute "))
                .filter(line -> !line.endsWith(": BEGIN") && !line.equals("statement: "))
                .toList();
    }

    private static void set(String name, String value) {
        TestDatabase.asSuperuser("ALTER SYSTEM SET " + name + " = " + value);
    }

    /** PostgreSQL reads its settings anew a moment after it has been told to; a new connection has them. */
    private static void awaitReload(String expected) {
        while (!expected.equals(TestDatabase.query("SHOW log_statement"))) {
            Thread.onSpinWait();
        }
    }

    private static String read() {
        Path log = Path.of(System.getProperty("realms.it.target"), "postgresql", "postgresql.log");
        try {
            // A character for each byte: only lengths and ASCII count here.
            return Files.readString(log, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
