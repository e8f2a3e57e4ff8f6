package dev.realms.user;

import dev.realms.isolation.TransactionConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Advisory locks for rules that no single row holds, kept until the transaction ends. They are taken on the transaction's own
 * connection, the persistence unit's.
 */
@ApplicationScoped
class AccountLocks {

    /** Apart from the advisory locks of others: "emai" and "admi" in ASCII. */
    private static final int EMAIL = 0x656d6169;

    private static final int ADMINS = 0x61646d69;

    @Inject
    private TransactionConnection transaction;

    /** One at a time per address. The unique index that ignores case exists only once the migration is over. */
    void email(String email) {
        lock(EMAIL, email);
    }

    /** One at a time for whoever takes the role ADMIN from a user. */
    void admins() {
        lock(ADMINS, "");
    }

    private void lock(int kind, String text) {
        try (PreparedStatement statement =
                transaction.get().prepareStatement("SELECT pg_advisory_xact_lock(?, hashtext(lower(?)))")) {
            statement.setInt(1, kind);
            statement.setString(2, text);
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
