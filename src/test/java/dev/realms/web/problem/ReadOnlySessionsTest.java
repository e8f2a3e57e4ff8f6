package dev.realms.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.sql.Sql;
import java.sql.Connection;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Which sessions whoever finds one that can only be read gives up. */
@DatabaseTest
class ReadOnlySessionsTest {

    private static final int SECONDS = 5;

    /** A younger one may lead to the new primary, and be about to commit. */
    @Test
    void endsWhatIsNotYoungerAndNobodyUses() throws Exception {
        DataSource database = FreshDatabases.empty();
        try (Connection older = database.getConnection();
                Connection busy = database.getConnection();
                Connection readOnly = database.getConnection();
                Connection younger = database.getConnection()) {
            busy.setAutoCommit(false);
            Sql.execute(busy, "SELECT 1");
            Sql.execute(readOnly, "SET default_transaction_read_only = on");

            assertThat(ReadOnlySessions.end(younger)).isFalse();
            assertThat(ReadOnlySessions.end(readOnly)).isTrue();

            assertThat(readOnly.isValid(SECONDS)).isFalse();
            assertThat(older.isValid(SECONDS)).isFalse();
            assertThat(busy.isValid(SECONDS)).isTrue();
            assertThat(younger.isValid(SECONDS)).isTrue();
        }
    }
}
