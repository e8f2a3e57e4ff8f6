package dev.realms.migration.check;

import dev.realms.migration.check.Baseline.TableCheck;
import dev.realms.ops.AuditEntry;
import dev.realms.ops.Snapshots;
import dev.realms.ops.Transactions;
import dev.realms.sql.Sql;
import dev.realms.web.problem.DomainException;
import jakarta.json.Json;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What tells the tables from what they held, and has not been noted: a loss, or something that an operator knows of. Accepted by name,
 * exactly this difference is noted like a change by the application, so that another one still shows.
 */
public final class Differences {

    private static final String ACCEPT = Baseline.COMPARED + """
            INSERT INTO migration.changes (table_name, id_ending, row_count, checksum)
            SELECT '%1$s', id_ending, rows_by, checksum_by FROM compared
            WHERE (rows_by <> 0 OR checksum_by <> 0) AND (SELECT name FROM difference) = ?
            """;

    private Differences() {}

    /** Those that are there now. @param connection in auto-commit mode */
    public static List<TableCheck> of(Connection connection) throws SQLException {
        return Snapshots.read(connection, Baseline::compare).stream()
                .filter(check -> !check.passed())
                .toList();
    }

    /** One sentence that says how to go on; empty where nothing differs. */
    public static Optional<String> sentence(List<TableCheck> differences) {
        return differences.isEmpty()
                ? Optional.empty()
                : Optional.of(differences.stream()
                        .map(check -> "%s (%d instead of %d rows, among ids that end in %s)"
                                .formatted(
                                        check.difference(),
                                        check.found(),
                                        check.expected(),
                                        String.join(", ", check.rows())))
                        .collect(Collectors.joining(
                                "; ",
                                "Rows were lost or changed: ",
                                ". Look at them, and accept them by these names.")));
    }

    /**
     * All of them, or none.
     *
     * @param connection in auto-commit mode
     * @throws DomainException {@code validation} for a name of no difference that is there now
     */
    public static void accept(Connection connection, String actor, List<String> names) throws SQLException {
        if (names.isEmpty()) {
            return;
        }
        List<TableCheck> found = of(connection);
        List<TableCheck> accepted = names.stream()
                .map(name -> found.stream()
                        .filter(check -> name.equals(check.difference()))
                        .findFirst()
                        .orElseThrow(() -> unknown(name)))
                .toList();
        Transactions.runPatiently(connection, transaction -> {
            // Of two who accept the same, the second finds that it is no difference any more.
            Sql.execute(transaction, "LOCK TABLE migration.baseline IN SHARE ROW EXCLUSIVE MODE");
            for (TableCheck difference : accepted) {
                accept(transaction, actor, difference);
            }
            return null;
        });
    }

    private static void accept(Connection connection, String actor, TableCheck difference) throws SQLException {
        if (Sql.update(connection, ACCEPT.formatted(difference.table()), difference.difference()) == 0) {
            throw unknown(difference.difference());
        }
        new AuditEntry(
                        actor,
                        "accept-difference",
                        Json.createObjectBuilder()
                                .add("difference", difference.difference())
                                .add("table", difference.table())
                                .add("expected", difference.expected())
                                .add("found", difference.found())
                                .build())
                .write(connection, "accepted");
    }

    private static DomainException unknown(String name) {
        return DomainException.invalid(
                "accept", "must name differences that are there now, but not " + name.replaceAll("[^a-z0-9_-]", "?"));
    }
}
