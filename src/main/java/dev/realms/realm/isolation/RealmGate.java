package dev.realms.realm.isolation;

import dev.realms.web.problem.ConstraintProblems;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import dev.realms.web.problem.StaleConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/**
 * Tells the database, for the current transaction, which realm is open and in whose name; without either, row-level security
 * refuses the runtime role's statements.
 */
@ApplicationScoped
public class RealmGate {

    @Inject
    private TransactionConnection transaction;

    /**
     * One round trip, on the transaction's own connection; on whichever thread, also where no request is.
     *
     */
    public void open(UUID realmId, UUID ownerId) throws SQLException {
        new Opening(realmId, ownerId, Optional.empty()).run(transaction.get());
    }

    /** For what is a user's own and in no realm: the realms themselves, settings, remembered requests. */
    public void enter(UUID userId) {
        hasRowsLeft(userId);
    }

    /**
     * As {@link #enter}, for what must wait until the user's rows have been moved.
     *
     * @throws DomainException {@code migration-in-progress}
     */
    public void enterMoved(UUID userId) {
        if (hasRowsLeft(userId)) {
            throw migrating();
        }
    }

    /** Whether anything at all lies in the realm, which need not be open. */
    public boolean holdsRows(UUID realmId) {
        return is("SELECT realm_holds_rows(?)::text", realmId);
    }

    /** The same for a realm of somebody else, an inactive one and an id that was never given out. */
    public static DomainException noSuchRealm() {
        return new DomainException(ProblemType.REALM_NOT_FOUND, ConstraintProblems.NO_SUCH_REALM);
    }

    public static DomainException notEmpty() {
        return new DomainException(ProblemType.REALM_NOT_EMPTY, "The realm still holds data; delete or move it first.");
    }

    /** For what must wait until the caller's rows have been moved. */
    public static DomainException migrating() {
        return new DomainException(ProblemType.MIGRATION_IN_PROGRESS, ConstraintProblems.MIGRATING);
    }

    private boolean hasRowsLeft(UUID userId) {
        return is("SELECT enter_user(?)::text", userId);
    }

    private boolean is(String question, UUID about) {
        try {
            return ask(question, about).equals("true");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String ask(String question, UUID... arguments) throws SQLException {
        // The persistence unit's own connection: while it holds that, Payara takes a second one from the pool for a
        // second handle.
        try (PreparedStatement statement = transaction.get().prepareStatement(question)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getString(1);
            }
        } catch (SQLException e) {
            throw StaleConnection.in(e);
        }
    }
}
