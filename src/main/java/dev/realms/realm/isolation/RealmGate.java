package dev.realms.realm.isolation;

import dev.realms.sql.Untyped;
import dev.realms.web.problem.ConstraintProblems;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;

/**
 * Tells the database, for the current transaction, in whose name it works; without that row-level security refuses the runtime role's
 * statements on what is a user's own. A realm is opened by {@link RealmBinding}.
 */
@ApplicationScoped
public class RealmGate {

    @Inject
    private TransactionConnection transaction;

    @Inject
    private Caller caller;

    /** For what is a user's own and in no realm: the realms themselves, settings, remembered requests. */
    public void enter(String userId) {
        hasRowsLeft(userId);
    }

    /**
     * As {@link #enter}, for what must wait until the user's rows have been moved.
     *
     * @throws DomainException {@code migration-in-progress}
     */
    public void enterMoved(String userId) {
        Optional<UUID> only = caller.keyRealm();
        if (only.isPresent()) {
            // What is known of a key may be a moment old: the database looks it up.
            open(only.get(), userId);
        } else if (hasRowsLeft(userId)) {
            throw migrating();
        }
    }

    /**
     * Opens a realm for statements that do not go through JPA, as {@link RealmBinding} does for those that do.
     *
     * @throws DomainException {@code realm-not-found}, {@code migration-in-progress}, {@code unauthenticated}
     */
    public void open(UUID realmId, String userId) {
        ConstraintProblems.explain(() -> {
            transaction.call(
                    "SELECT realms.enter_realm(?, ?, ?)",
                    realmId,
                    new Untyped(userId),
                    caller.keyHash().orElse(null));
            return true;
        });
    }

    /**
     * Writes down, for the owner of the open realm, that its rows were taken along or came from elsewhere.
     *
     * @param kind {@code rows-exported} or {@code rows-imported}
     * @param details a JSON object
     */
    public void noteTransfer(String kind, String details) {
        transaction.call(
                "SELECT realms.note_transfer(?, CAST(? AS jsonb), ?)",
                kind,
                details,
                new Untyped(caller.keyId().orElse(null)));
    }

    /** Whether anything at all lies in the realm, which need not be open. */
    public boolean holdsRows(UUID realmId) {
        return transaction.ask("SELECT realms.realm_holds_rows(?)", realmId);
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

    private boolean hasRowsLeft(String userId) {
        return transaction.ask("SELECT realms.enter_user(?)", new Untyped(userId));
    }
}
