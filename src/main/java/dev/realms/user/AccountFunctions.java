package dev.realms.user;

import dev.realms.realm.isolation.Role;
import dev.realms.sql.Sql;
import dev.realms.sql.SqlStates;
import dev.realms.sql.Untyped;
import dev.realms.user.SignIn.TokenSubject;
import dev.realms.web.problem.StaleConnection;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Finds accounts through functions of the database: after a rollback the runtime role has no rights on the users' table, and an
 * administrator still has to sign in, to lead on.
 */
@ApplicationScoped
class AccountFunctions {

    /** @param account empty for somebody whose user is gone */
    record Known(Optional<SignIn.Account> account) {}

    @Resource(lookup = "java:comp/env/jdbc/realms")
    private DataSource database;

    Optional<SignIn.Account> find(String id) {
        return account("SELECT id, role FROM realms_doors.find_user(?)", new Untyped(id));
    }

    /** Empty for somebody who has never signed in. */
    Optional<Known> find(TokenSubject person) {
        return ask("SELECT id, role FROM realms_doors.find_person(?, ?)", person.issuer(), person.subject());
    }

    /** The user who has the person's address and is nobody else's; theirs from now on. */
    Optional<SignIn.Account> bind(TokenSubject person, String email) {
        String bind = "SELECT id, role FROM realms_doors.bind_by_email(?, ?, ?, ?)";
        return account(bind, person.issuer(), person.subject(), email, person.verified());
    }

    /** The local issuer's administrator, made when there never was one. */
    Optional<SignIn.Account> admitAdministrator(TokenSubject person, String email) {
        String admit = "SELECT id, role FROM realms_doors.admit_administrator(?, ?, ?, ?)";
        return account(admit, person.issuer(), person.subject(), email, person.name());
    }

    /** Whether there are realms, so that an account can be made. */
    boolean canBeMade() {
        try (Connection connection = database.getConnection()) {
            return Sql.is(connection, "realms_doors.has_realms()");
        } catch (SQLException fault) {
            throw new IllegalStateException(StaleConnection.in(fault));
        }
    }

    private Optional<SignIn.Account> account(String question, Object... arguments) {
        return ask(question, arguments).flatMap(Known::account);
    }

    private Optional<Known> ask(String question, Object... arguments) {
        try (Connection connection = database.getConnection()) {
            return Sql.first(connection, AccountFunctions::known, question, arguments);
        } catch (SQLException fault) {
            if (SqlStates.INVALID_TEXT.equals(fault.getSQLState())) {
                // An id that nobody can have here.
                return Optional.empty();
            }
            throw new IllegalStateException(StaleConnection.in(fault));
        }
    }

    private static Known known(ResultSet row) throws SQLException {
        String id = row.getString(1);
        return new Known(
                id == null ? Optional.empty() : Optional.of(new SignIn.Account(id, Role.valueOf(row.getString(2)))));
    }
}
