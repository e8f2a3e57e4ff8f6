package dev.realms.realm.isolation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.migration.schema.TestSql;
import java.sql.Connection;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@DatabaseTest
class AdvisoryLocksTest {

    /** Its number stands in a script as well. */
    @Test
    void whoSignsInWaitsForWhoTakesTheAddress() throws Exception {
        DataSource database = FreshDatabases.expanded();
        try (Connection taker = database.getConnection();
                Statement statement = taker.createStatement()) {
            taker.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock(" + AdvisoryLocks.Kind.EMAIL.number
                    + ", hashtext(lower('Bob@x.org')))");

            assertThatThrownBy(() -> new TestSql(database).run("SELECT realms_doors.lock_email('bob@x.org')"))
                    .hasMessageContaining("lock timeout");
        }
    }
}
