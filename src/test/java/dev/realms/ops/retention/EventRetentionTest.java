package dev.realms.ops.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.migration.schema.TestSql;
import dev.realms.ops.OwnerDatabase;
import dev.realms.sql.Sql;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which months of events are there after the owner's work, on one node at a time. */
@DatabaseTest
class EventRetentionTest {

    private static final String MONTHS =
            "SELECT right(inhrelid::regclass::text, 7) FROM pg_inherits WHERE inhparent = 'realm_events'::regclass ORDER BY 1";

    private static final String EXPECTED =
            "SELECT to_char(date_trunc('month', now()) + n * interval '1 month', 'YYYY_MM') FROM generate_series(%d, 6) AS n";

    @Test
    void makesWhatComesAndDropsWhatIsOld() throws Exception {
        TestSql database = new TestSql(FreshDatabases.finalized());
        database.run("CALL make_event_months(now() - interval '3 years')", "DROP TABLE " + last(database));

        EventRetention.keep(new OwnerDatabase(database.database()), 365);

        List<String> kept = database.ask(MONTHS);
        assertThat(kept).endsWith(database.ask(EXPECTED.formatted(0)).toArray(String[]::new));
        // A month that ended less than a year ago may have begun more than a year ago.
        assertThat(kept.size()).isBetween(12 + 7, 13 + 7);
    }

    @Test
    void leavesTheWorkToWhoeverIsAtIt() throws Exception {
        TestSql database = new TestSql(FreshDatabases.finalized());
        String last = last(database);
        database.run("DROP TABLE " + last);

        try (Connection other = database.database().getConnection()) {
            Sql.execute(other, "SELECT pg_advisory_lock(x'6576656e7473'::bigint)");
            EventRetention.keep(new OwnerDatabase(database.database()), 365);
            assertThat(last(database)).isNotEqualTo(last);
        }

        EventRetention.keep(new OwnerDatabase(database.database()), 365);
        assertThat(last(database)).isEqualTo(last);
    }

    @Test
    void doesNothingWhereThereAreNoRealms() throws Exception {
        TestSql database = new TestSql(FreshDatabases.preRealm());

        EventRetention.keep(new OwnerDatabase(database.database()), 1);

        assertThat(database.ask("SELECT to_regnamespace('realms') IS NULL")).containsExactly("t");
    }

    private static String last(TestSql database) throws Exception {
        return "realms.realm_events_" + database.ask(MONTHS + " DESC LIMIT 1").get(0);
    }
}
