package dev.realms.testing.oldapplication;

import dev.realms.testing.oldapplication.OldApplicationOperation.Answer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Once through the operations, with ids of its own. */
final class OldApplicationSession {

    /** Who wants to know of every statement. */
    interface Watch {

        void before();

        void after(String operation, long nanoseconds);
    }

    private static final Pattern NAME = Pattern.compile("\\$\\{([^}]+)}");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS");

    private final Connection connection;
    private final Watch watch;
    private final Map<String, String> values;

    OldApplicationSession(Connection connection, Map<String, String> existing, Watch watch) {
        this.connection = connection;
        this.watch = watch;
        values = new HashMap<>(existing);
    }

    /** What was not as it must be, if anything. */
    Optional<String> perform(OldApplicationOperation operation) {
        values.put("now", LocalDateTime.now(ZoneOffset.UTC).format(TIME));
        for (OldApplicationOperation.Statement statement : operation.statements()) {
            for (int i = 0; i < statement.times(); i++) {
                String fault = send(operation.name(), statement);
                if (fault != null) {
                    rollBack();
                    return Optional.of(operation.name() + ": " + fault + ": " + statement.sql());
                }
            }
        }
        return Optional.empty();
    }

    private String send(String operation, OldApplicationOperation.Statement statement) {
        watch.before();
        long start = System.nanoTime();
        try (PreparedStatement prepared = connection.prepareStatement(statement.jdbc())) {
            for (int i = 0; i < statement.parameters().size(); i++) {
                bind(prepared, i + 1, statement.parameters().get(i));
            }
            boolean rows = prepared.execute();
            return rows
                    ? compare(statement, read(prepared.getResultSet()))
                    : compare(statement.answer(), prepared.getUpdateCount());
        } catch (SQLException failure) {
            return statement.answer().equals(new Answer.Failure(failure.getSQLState()))
                    ? null
                    : failure.getSQLState() + " " + failure.getMessage();
        } finally {
            watch.after(operation, System.nanoTime() - start);
        }
    }

    /** As a driver does that does not know the types: PostgreSQL finds out. */
    private void bind(PreparedStatement prepared, int place, String parameter) throws SQLException {
        if (parameter.equals("NULL") || parameter.startsWith("${") && isNull(parameter)) {
            prepared.setNull(place, Types.OTHER);
        } else {
            prepared.setObject(place, resolve(parameter), Types.OTHER);
        }
    }

    private boolean isNull(String parameter) {
        String name = parameter.substring(2, parameter.length() - 1);
        return values.containsKey(name) && values.get(name) == null;
    }

    private String resolve(String text) {
        return text.equals("''")
                ? ""
                : NAME.matcher(text)
                        .replaceAll(name -> Matcher.quoteReplacement(
                                values.computeIfAbsent(name.group(1), OldApplicationSession::newId)));
    }

    private static String newId(String name) {
        String id = UUID.randomUUID().toString();
        return name.endsWith("-cuid") ? "c" + id.replace("-", "").substring(0, 24) : id;
    }

    private static String compare(Answer answer, long changed) {
        return answer instanceof Answer.Done || answer.equals(new Answer.Changes(changed))
                ? null
                : "changed " + changed + " rows instead of " + answer;
    }

    private String compare(OldApplicationOperation.Statement statement, List<List<String>> rows) {
        if (!(statement.answer() instanceof Answer.Rows expected)) {
            return "gave " + rows + " instead of " + statement.answer();
        }
        List<List<String>> left = new ArrayList<>(rows);
        boolean ordered = statement.sql().contains("ORDER BY");
        for (List<String> row : expected.rows()) {
            Optional<List<String>> found = left.stream()
                    .limit(ordered ? 1 : left.size())
                    .filter(it -> isLike(row, it))
                    .findFirst();
            if (found.isEmpty()) {
                return "gave " + rows + " instead of " + withValues(expected.rows());
            }
            left.remove(found.get());
        }
        return left.isEmpty() ? null : "gave " + left + " more than " + expected.rows();
    }

    private String withValues(List<List<String>> rows) {
        return NAME.matcher(rows.toString())
                .replaceAll(name -> Matcher.quoteReplacement(
                        values.containsKey(name.group(1)) ? values.get(name.group(1)) + "" : name.group()));
    }

    private boolean isLike(List<String> expected, List<String> row) {
        if (expected.size() != row.size()) {
            return false;
        }
        for (int i = 0; i < row.size(); i++) {
            if (!isLike(expected.get(i), row.get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean isLike(String expected, String cell) {
        Matcher name = NAME.matcher(expected);
        if (name.matches() && !values.containsKey(name.group(1))) {
            values.put(name.group(1), cell);
        }
        return switch (expected) {
            case "*" -> true;
            case "NULL" -> cell == null;
            default ->
                name.matches() && isNull(expected)
                        ? cell == null
                        : resolve(expected).equals(cell);
        };
    }

    private static List<List<String>> read(ResultSet rows) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        List<List<String>> found = new ArrayList<>();
        while (rows.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                row.add(text(rows, i, columns.getColumnTypeName(i)));
            }
            found.add(row);
        }
        return found;
    }

    /** The same however the driver fetches the value and whatever the zone of the JVM is. */
    private static String text(ResultSet row, int column, String type) throws SQLException {
        String text = row.getString(column);
        if (text == null || text.endsWith("infinity")) {
            return text;
        }
        return switch (type) {
            case "timestamp" -> row.getObject(column, LocalDateTime.class).format(TIME);
            case "timestamptz" ->
                row.getObject(column, OffsetDateTime.class)
                                .withOffsetSameInstant(ZoneOffset.UTC)
                                .format(TIME) + "Z";
            case "float8" -> text.replaceFirst("\\.0$", "");
            default -> text;
        };
    }

    private void rollBack() {
        try (Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        } catch (SQLException gone) {
            // Then so is its transaction.
        }
    }
}
