package dev.realms.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows that a question about the data finds, for a report: ids, and no value of a row.
 *
 * @param count all of them
 * @param ids the first of them, in order
 */
public record FoundRows(long count, List<String> ids) {

    public static final FoundRows NONE = new FoundRows(0, List.of());

    /** @param query gives a column {@code id}; @param named how many ids to keep */
    public static FoundRows of(Connection connection, String query, int named) throws SQLException {
        List<String> ids = new ArrayList<>();
        long count = Sql.list(
                        connection,
                        row -> {
                            ids.add(row.getString(1));
                            return row.getLong(2);
                        },
                        "SELECT id, count(*) OVER () FROM (" + query + ") AS found ORDER BY id LIMIT " + named)
                .stream()
                .findFirst()
                .orElse(0L);
        return new FoundRows(count, ids);
    }
}
