package dev.realms.migration.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.settings.LocalIssuerKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who becomes which user, before there is an index that knows addresses whatever their case. */
@DatabaseTest
class SignInDoorTest {

    private TestSql database;

    @BeforeEach
    void expand() throws SQLException {
        database = new TestSql(FreshDatabases.expanded());
    }

    @Test
    void whoWritesAnAddressExactlyIsMeantAndNobodyElse() throws SQLException {
        database.run("INSERT INTO users (name, email) VALUES ('b', 'bob@x.org'), ('B', 'Bob@x.org')");

        assertThat(bind("p1", "bob@x.org")).containsExactly("bob@x.org");
        // Somebody else with the same address at their provider.
        assertThat(bind("p2", "bob@x.org")).isEmpty();
        assertThat(bind("p3", "Bob@x.org")).containsExactly("Bob@x.org");
    }

    @Test
    void whoWritesItInAnotherCaseIsFound() throws SQLException {
        database.run("INSERT INTO users (name, email) VALUES ('B', 'Bob@x.org')");

        assertThat(bind("p1", "bob@x.org")).containsExactly("Bob@x.org");
    }

    @Test
    void nobodyWaitsForLongWhileSomebodySignsIn() throws Exception {
        try (Connection other = database.database().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT realms_doors.lock_email('bob@x.org')");

            assertThatThrownBy(() -> bind("p1", "BOB@x.org"))
                    .isInstanceOf(SQLException.class)
                    .extracting(fault -> ((SQLException) fault).getSQLState())
                    .isEqualTo("55P03");
        }
    }

    /** Her address stands in a script as well. */
    @Test
    void noProviderSignsInTheAdministratorOfTheLocalIssuer() throws SQLException {
        database.run("INSERT INTO users (name, email) VALUES ('a', '" + LocalIssuerKey.ADMINISTRATOR_EMAIL + "')");

        assertThat(bind("p1", LocalIssuerKey.ADMINISTRATOR_EMAIL)).isEmpty();
    }

    @Test
    void whoeverSignedUpAsTheAdministratorBeforeIsNot() throws SQLException {
        database.run("INSERT INTO users (name, email) VALUES ('squatter', 'Admin@Realms.Local')");

        assertThat(admit()).containsExactly("admin-2@realms.local ADMIN");
        assertThat(admit()).containsExactly("admin-2@realms.local ADMIN");
    }

    @Test
    void anAdministratorFromBeforeStays() throws SQLException {
        database.run("INSERT INTO users (name, email, role) VALUES ('a', 'Admin@realms.local', 'ADMIN')");

        assertThat(admit()).containsExactly("Admin@realms.local ADMIN");
    }

    @Test
    void aDeletedAdministratorComesBackOnlyWhereNoneIsLeft() throws SQLException {
        database.run("INSERT INTO users (name, email, role) VALUES ('other', 'other@x.org', 'ADMIN')");
        assertThat(admit()).hasSize(1);

        database.run("DELETE FROM users WHERE email = 'admin@realms.local'");
        assertThat(admit()).isEmpty();

        database.run("DELETE FROM users WHERE email = 'other@x.org'");
        assertThat(admit()).containsExactly("admin@realms.local ADMIN");
    }

    private List<String> admit() throws SQLException {
        List<String> ids = database.ask("SELECT id::text FROM realms_doors.admit_administrator"
                + "('realms-local', 'administrator', 'admin@realms.local', 'Administrator')");
        return ids.isEmpty()
                ? ids
                : database.ask("SELECT email || ' ' || role FROM users WHERE id = '" + ids.get(0) + "'");
    }

    private List<String> bind(String subject, String email) throws SQLException {
        return database.ask("SELECT u.email FROM realms_doors.bind_by_email('https://issuer', '" + subject + "', '"
                + email + "', true) AS b JOIN users AS u USING (id)");
    }
}
