package dev.realms.migration.finalize;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;

/** Since when there is no way back; the database itself refuses every move but that to {@code finalized} from then on. */
final class FinalizingMark {

    private FinalizingMark() {}

    static Optional<Instant> read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT finalizing_since FROM migration.state")) {
            row.next();
            return Optional.ofNullable(row.getTimestamp(1)).map(Timestamp::toInstant);
        }
    }

    /** @throws IllegalStateException where somebody was faster and leads the database elsewhere */
    static void set(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            int set = statement.executeUpdate("UPDATE migration.state SET finalizing_since = clock_timestamp()"
                    + " WHERE state = 'migrated' AND finalizing_since IS NULL");
            if (set == 0) {
                throw new IllegalStateException("The migration is no longer migrated");
            }
        }
    }
}
