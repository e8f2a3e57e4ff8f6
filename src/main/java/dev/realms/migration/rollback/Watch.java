package dev.realms.migration.rollback;

import java.sql.SQLException;

/** Whoever watches the rollback, and may end it. */
@FunctionalInterface
public interface Watch {

    /** A step begins. @param total how much there is to do, of whatever the step counts */
    default void begin(Step step, long total) throws SQLException {
        // Not everybody tells steps apart.
    }

    /** Some of it is done. @throws Stopped when the rollback is to end here */
    void done(long more) throws SQLException;

    /** The step is over. @throws Stopped when the rollback is to end here */
    default void end() throws SQLException {
        // As above.
    }

    /** The rollback ends where it is, and can be gone on with. */
    final class Stopped extends RuntimeException {

        private static final long serialVersionUID = 1;

        public Stopped() {
            super("The rollback was told to stop.");
        }
    }
}
