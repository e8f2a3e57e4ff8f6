package dev.realms.migration.move;

import dev.realms.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * How many strides go through a part of a table. Rows in the order of their keys are scattered over the pages when keys are
 * random: each transaction leaves dead rows on pages that the next one can clear and use. Where keys follow time, a transaction
 * would take whole pages and find no room on any; several that each take every so-manyth row have the same effect.
 *
 * @param count 1, or a power of two
 */
record StrideCount(int count) {

    private static final int MANY = 8;

    /** How closely the order of keys follows that of the rows, from 0 to 1, as the planner knows it. */
    private static final double ORDERED = 0.8;

    static StrideCount of(Connection connection, Portions portions) throws SQLException {
        if (!portions.rewrites()) {
            return new StrideCount(1);
        }
        Optional<Double> correlation = correlation(connection, portions.table());
        if (correlation.isEmpty()) {
            Statistics.refresh(connection, portions.table() + " (id)");
            correlation = correlation(connection, portions.table());
        }
        return new StrideCount(correlation.orElse(0.0) > ORDERED ? MANY : 1);
    }

    /** Empty where nobody has ever analysed the table. */
    private static Optional<Double> correlation(Connection connection, String table) throws SQLException {
        return Sql.first(
                connection,
                row -> row.getDouble(1),
                "SELECT abs(correlation) FROM pg_stats WHERE schemaname = 'realms' AND tablename = ? AND attname = 'id'",
                table);
    }

    List<KeyRange> through(KeyRange range) {
        return count == 1 ? List.of(range) : range.strides(count);
    }
}
