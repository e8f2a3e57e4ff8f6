package dev.realms.testing.oldapplication;

import dev.realms.testing.oldapplication.OldApplicationOperation.Answer;
import dev.realms.testing.oldapplication.OldApplicationOperation.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads recorded SQL. {@code -- operation: name} begins an operation, {@code -- anytime} below it says that
 * it needs nothing of what others made and changes no value; each statement stands on a line and ends with a semicolon, and lines
 * below it say what belongs to it:
 *
 * <pre>
 * -- with: ${ada} | NULL | ''       its parameters
 * -- gives: ${ada} | *              a row that it returns, one such line for each; or
 * -- gives nothing                  no row; or
 * -- changes: 2                     the number of rows that it changes; or
 * -- fails: 23505                   the SQLSTATE of its failure
 * -- times: 12                      how often it is sent, if not once
 * </pre>
 *
 * <p>Each name in braces is a new id, the same wherever it stands: a cuid if it ends with {@code -cuid}, otherwise a UUID. {@code ${now}} is
 * the time, {@code ${existing-documents}} the id of a row of that table that somebody else made. A name that first stands in a row is what
 * the database returned there.
 */
final class OldApplicationScript {

    private final List<OldApplicationOperation> operations = new ArrayList<>();
    private String name;
    private boolean anytime;
    private List<Statement> statements = new ArrayList<>();
    private String sql;
    private List<String> parameters = List.of();
    private Answer answer = new Answer.Done();
    private int times = 1;

    private OldApplicationScript() {}

    static List<OldApplicationOperation> parse(String text) {
        OldApplicationScript script = new OldApplicationScript();
        text.lines().forEach(script::read);
        script.endOperation();
        return script.operations;
    }

    private void read(String line) {
        String rest = line.replaceFirst("^-- [a-z]+: ", "");
        if (line.startsWith("-- operation: ")) {
            endOperation();
            name = rest;
        } else if (line.equals("-- anytime")) {
            anytime = true;
        } else if (name == null || line.isEmpty()) {
            return;
        } else if (!line.startsWith("-- ")) {
            endStatement();
            sql = line.substring(0, line.lastIndexOf(';'));
        } else if (line.startsWith("-- with: ")) {
            parameters = cells(rest);
        } else if (line.equals("-- gives nothing")) {
            answer = new Answer.Rows(List.of());
        } else if (line.startsWith("-- gives: ")) {
            List<List<String>> rows =
                    answer instanceof Answer.Rows before ? new ArrayList<>(before.rows()) : new ArrayList<>();
            rows.add(cells(rest));
            answer = new Answer.Rows(rows);
        } else if (line.startsWith("-- changes: ")) {
            answer = new Answer.Changes(Long.parseLong(rest));
        } else if (line.startsWith("-- fails: ")) {
            answer = new Answer.Failure(rest);
        } else if (line.startsWith("-- times: ")) {
            times = Integer.parseInt(rest);
        } else {
            throw new IllegalArgumentException(line);
        }
    }

    private static List<String> cells(String line) {
        return List.of(line.split(" \\| ", -1));
    }

    private void endStatement() {
        if (sql != null) {
            statements.add(new Statement(sql, parameters, answer, times));
        }
        sql = null;
        parameters = List.of();
        answer = new Answer.Done();
        times = 1;
    }

    private void endOperation() {
        endStatement();
        if (name != null) {
            operations.add(new OldApplicationOperation(name, anytime, statements));
        }
        statements = new ArrayList<>();
        anytime = false;
    }
}
