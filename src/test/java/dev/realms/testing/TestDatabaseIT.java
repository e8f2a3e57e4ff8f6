package dev.realms.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.testing.oldapplication.OldApplicationShape;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TestDatabaseIT {

    /** None of those that others share. */
    @BeforeEach
    void begin() {
        TestDatabase.resetToEmpty();
    }

    @Test
    void resetsToNothing() {
        TestDatabase.asOwner("CREATE TABLE IF NOT EXISTS left_over (n integer)");

        TestDatabase.resetToEmpty();

        assertThat(TestDatabase.query("SELECT count(*) FROM pg_tables WHERE schemaname = 'realms'"))
                .isEqualTo("0");
    }

    @Test
    void loadsTheSamePreRealmRowsEveryTime() {
        TestDatabase.resetToPreRealm(300);

        // What psql made of the generators on PostgreSQL 15; the other tables of the first say when they were filled.
        boolean prisma = OldApplicationShape.CHOSEN == OldApplicationShape.PRISMA;
        assertThat(TestDatabase.preRealmChecksums())
                .containsEntry("documents", prisma ? "8838 -558995758937733806245" : "8838 351656827347890507673")
                .containsEntry("jobs", prisma ? "8838 353667354184697418497" : "8838 1006314993735130367897");
    }

    @Test
    void seesEveryChangeOfAPreRealmRow() {
        TestDatabase.resetToPreRealm(3);
        Map<String, String> before = TestDatabase.preRealmChecksums();

        TestDatabase.asOwner("ALTER TABLE jobs ADD COLUMN realm_id [uuid]; UPDATE jobs SET realm_id = [user_id]");
        assertThat(TestDatabase.preRealmChecksums()).isEqualTo(before);

        TestDatabase.asOwner("UPDATE jobs SET percentage = 99 WHERE id = (SELECT min(id::text)::[uuid] FROM jobs)");
        assertThat(TestDatabase.preRealmChecksums().get("jobs")).isNotEqualTo(before.get("jobs"));
    }

    @Test
    void disconnectsEverybody() throws SQLException {
        try (Connection connection = TestDatabase.owner()) {
            TestDatabase.disconnectEverybody();

            assertThatThrownBy(() -> connection.createStatement().execute("SELECT 1"))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void comesBackWithItsData() {
        TestDatabase.asOwner("CREATE TABLE IF NOT EXISTS kept (n integer)");

        TestDatabase.whileStopped(() -> assertThatThrownBy(TestDatabase::owner).isInstanceOf(SQLException.class));

        assertThat(TestDatabase.query("SELECT count(*) FROM kept")).isEqualTo("0");
    }
}
