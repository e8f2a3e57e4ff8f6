package dev.realms.launch;

import dev.realms.launch.Command.CannotStart;
import dev.realms.migration.answer.PreflightAnswers;
import dev.realms.migration.check.Preflight;
import dev.realms.migration.check.PreflightReport;
import dev.realms.migration.check.PreflightReport.PreflightFinding;
import dev.realms.migration.check.VerificationReport;
import dev.realms.migration.schema.DatabaseShape;
import dev.realms.migration.schema.Pooling;
import dev.realms.settings.DatabaseUrl;
import dev.realms.sql.OwnerSessions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Looks at a database without a server. Changes nothing in it, not even an old one's schema. */
record DatabaseExamination(Connector owner, Terminal terminal) {

    private static final int OLDEST = 150_000;

    /**
     * Refuses a database that could not be served, before anything in it is changed. Prepares the session once nobody else can get it.
     *
     * @return whether the database is empty
     * @throws CannotStart when it is too old, can't be written, or holds something else
     */
    static boolean isEmpty(Connector owner, Connection connection) {
        try {
            Pooling.faultOfOwner(owner::open).ifPresent(fault -> {
                throw new CannotStart(fault);
            });
            requireUsable(owner, OwnerSessions.prepare(connection));
            DatabaseShape shape = DatabaseShape.of(connection);
            if (shape.kind() == DatabaseShape.Kind.UNKNOWN) {
                throw new CannotStart(DatabaseUrl.NAME + ": " + shape.difference());
            }
            return shape.kind() == DatabaseShape.Kind.EMPTY;
        } catch (SQLException e) {
            throw new CannotStart(
                    "%s: %s can't be examined (%s).".formatted(DatabaseUrl.NAME, owner.url(), Connector.message(e)), e);
        }
    }

    private static void requireUsable(Connector owner, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_setting('server_version_num')::int,"
                        + " current_setting('server_version'), current_setting('transaction_read_only') = 'on', current_setting('server_encoding'),"
                        + " has_database_privilege(current_database(), 'CREATE')")) {
            row.next();
            require(owner, row.getInt(1) >= OLDEST, "PostgreSQL 15 or newer is needed, but %s is " + row.getString(2));
            require(
                    owner,
                    !row.getBoolean(3),
                    "%s can only be read: it is a standby, or default_transaction_read_only is on");
            require(
                    owner,
                    row.getString(4).equals("UTF8"),
                    "the encoding of %s must be UTF8, but is " + row.getString(4));
            require(owner, row.getBoolean(5), "the owner role may not create a schema in %s");
        }
    }

    private static void require(Connector owner, boolean holds, String sentence) {
        if (!holds) {
            throw new CannotStart(DatabaseUrl.NAME + ": " + sentence.formatted(owner.url()) + ".");
        }
    }

    /** @return the exit code: 0 when a start would meet nothing in its way */
    int preflight(String appUser, PreflightAnswers answers) {
        try (Connection connection = owner.open()) {
            if (isEmpty(owner, connection)) {
                terminal.say("Nothing to migrate: the database is empty.");
                return 0;
            }
            show(Preflight.run(connection, appUser, answers));
            return 0;
        } catch (SQLException e) {
            throw new CannotStart("The database can't be examined (" + Connector.message(e) + ").", e);
        }
    }

    /** @return the exit code: 0 when every check has passed */
    int verify() {
        try (Connection connection = owner.open()) {
            isEmpty(owner, connection);
            if (!Preflight.isExpanded(connection)) {
                throw new CannotStart("There is nothing to verify: the database knows no realms.");
            }
            show(VerificationReport.of(connection));
            return 0;
        } catch (SQLException e) {
            throw new CannotStart("The database can't be verified (" + Connector.message(e) + ").", e);
        }
    }

    private void show(PreflightReport report) {
        terminal.say("Preflight of " + owner.url() + ", which changes nothing:");
        if (report.shape() != null) {
            terminal.say("  tables as "
                    + (report.shape().equals("prisma") ? "Prisma makes them" : "from before realms, in snake_case"));
        }
        report.extras().forEach(extra -> terminal.say("    and what comes along: " + extra));
        report.rows()
                .forEach((table, rows) -> terminal.say(String.format(
                        Locale.ROOT,
                        "  %-17s %,12d rows %,12d to move",
                        table,
                        rows,
                        report.rowsToTouch().getOrDefault(table, 0L))));
        terminal.say("  expected time " + ProgressBars.time(Duration.ofSeconds(report.expectedSeconds()))
                + (report.forecast().sampledRows() == 0 ? ", roughly, by how fast rows are read" : ""));
        report.findings().forEach(this::show);
        if (!report.ready()) {
            throw new CannotStart(report.sentence());
        }
        terminal.say("Ready: nothing gets in the way of a start.");
    }

    private void show(PreflightFinding finding) {
        terminal.say("%s %s: %s (%d)"
                .formatted(finding.blocks() ? "!" : "-", finding.code(), finding.description(), finding.count()));
        terminal.say("    " + String.join(", ", finding.ids())
                + (finding.count() > finding.ids().size() ? ", …" : ""));
        if (finding.answer() != null) {
            terminal.say("    answers: %s; now %s".formatted(String.join(", ", finding.answers()), finding.answer()));
        }
    }

    private void show(VerificationReport report) {
        List<String> failed = Stream.concat(
                        report.checks().stream()
                                .filter(check -> !check.passed())
                                .map(check -> line(check.check(), check.table(), check.rows())),
                        report.isolation().checks().stream()
                                .filter(check -> !check.passed())
                                .map(check -> line(check.check(), check.table(), check.ids())))
                .toList();
        int all = report.checks().size() + report.isolation().checks().size();
        terminal.say("%d of %d checks passed.".formatted(all - failed.size(), all));
        failed.forEach(terminal::say);
        if (!report.passed()) {
            throw new CannotStart(report.sentence());
        }
        if (report.checks().isEmpty()) {
            terminal.say("What the tables held before realms is not written down (any more), so it was not compared.");
        }
    }

    private static String line(String check, String table, List<String> rows) {
        return "! %s %s: %s".formatted(check, table, String.join(", ", rows));
    }
}
