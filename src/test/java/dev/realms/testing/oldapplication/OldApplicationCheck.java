package dev.realms.testing.oldapplication;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.sql.DataSource;

/** Whether the application can do all that it could. It deletes what it makes, and leaves other rows as they were. */
public final class OldApplicationCheck {

    private static final OldApplicationSession.Watch NOBODY = new OldApplicationSession.Watch() {
        @Override
        public void before() {
            // It hurries.
        }

        @Override
        public void after(String operation, long nanoseconds) {
            // It does not count.
        }
    };

    private OldApplicationCheck() {}

    /**
     * Performs every operation once, whatever the ones before it have come to.
     *
     * @return the names of those that failed, with their reasons
     */
    public static List<String> failures(DataSource database, OldApplicationShape shape) throws SQLException {
        try (Connection connection = database.getConnection()) {
            ExistingRows existing = ExistingRows.of(connection);
            List<String> failures = new ArrayList<>(existing.failures());
            OldApplicationSession session = new OldApplicationSession(connection, existing.any(new Random(0)), NOBODY);
            for (OldApplicationOperation operation : shape.operations()) {
                session.perform(operation).ifPresent(failures::add);
            }
            return failures;
        }
    }
}
