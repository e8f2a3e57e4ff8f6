package dev.realms.user;

import dev.realms.isolation.Role;
import dev.realms.problem.StaleConnection;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Finds accounts through a function of the database: after a rollback the runtime role has no rights on the users' table, and an
 * administrator still has to sign in, to lead on.
 */
@ApplicationScoped
class KnownAccounts {

    @Resource(lookup = "java:comp/env/jdbc/realms")
    private DataSource database;

    /** As {@link Accounts#find}. */
    Optional<SignIn.Account> find(String email) {
        try (Connection connection = database.getConnection();
                PreparedStatement query =
                        connection.prepareStatement("SELECT id, role FROM realms_doors.find_account(?)")) {
            query.setString(1, email);
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? Optional.of(new SignIn.Account(row.getObject(1, UUID.class), Role.valueOf(row.getString(2))))
                        : Optional.empty();
            }
        } catch (SQLException fault) {
            throw new IllegalStateException(StaleConnection.in(fault));
        }
    }

    /** Whether there are realms, so that an account can be made. */
    boolean canBeMade() {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement("SELECT realms_doors.has_realms()");
                ResultSet row = query.executeQuery()) {
            return row.next() && row.getBoolean(1);
        } catch (SQLException fault) {
            throw new IllegalStateException(StaleConnection.in(fault));
        }
    }
}
