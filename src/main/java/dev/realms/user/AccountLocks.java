package dev.realms.user;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Advisory locks for rules that no single row holds, kept until the transaction ends. They are taken on the transaction's own
 * connection, which the container hands to the persistence unit too.
 */
@ApplicationScoped
class AccountLocks {

    /** Apart from the advisory locks of others: "emai" and "admi" in ASCII. */
    private static final int EMAIL = 0x656d6169;

    private static final int ADMINS = 0x61646d69;

    @Resource(lookup = "java:comp/env/jdbc/realms")
    private DataSource database;

    /** One at a time per address. The unique index that ignores case exists only once the migration is over. */
    void email(String email) {
        lock(EMAIL, email);
    }

    /** One at a time for whoever takes the role ADMIN from a user. */
    void admins() {
        lock(ADMINS, "");
    }

    private void lock(int kind, String text) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT pg_advisory_xact_lock(?, hashtext(lower(?)))")) {
            statement.setInt(1, kind);
            statement.setString(2, text);
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
