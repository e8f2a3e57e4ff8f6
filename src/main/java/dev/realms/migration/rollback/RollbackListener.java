package dev.realms.migration.rollback;

import java.sql.SQLException;
import java.util.Locale;

/** Whoever follows a rollback, and may end it. */
@FunctionalInterface
public interface RollbackListener {

    /** What a rollback does, one after the other. */
    enum Phase {
        /** Requests end, and so do the transactions that were under way. */
        CLOSE,
        ARCHIVE,
        CREDENTIALS,
        NAMES,
        KEYS,
        VERIFY,
        CONTRACT,
        ANSWERS,
        SCHEMA;

        /** As operators see it. */
        public String text() {
            return "rollback: " + name().toLowerCase(Locale.ROOT);
        }
    }

    /** A phase begins. @param total how much there is to do, of whatever the phase counts */
    default void begin(Phase phase, long total) throws SQLException {
        // Not everybody tells phases apart.
    }

    /** Some of it is done. @throws RollbackStopped when the rollback is to end here */
    void done(long more) throws SQLException;

    /** The phase is over. @throws RollbackStopped when the rollback is to end here */
    default void end() throws SQLException {
        // As above.
    }

    /** The rollback ends where it is, and can be gone on with. */
    final class RollbackStopped extends RuntimeException {

        private static final long serialVersionUID = 1;

        public RollbackStopped() {
            super("The rollback was told to stop.");
        }
    }
}
