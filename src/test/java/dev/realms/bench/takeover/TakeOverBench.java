package dev.realms.bench.takeover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.migration.control.PlainMigration;
import dev.realms.migration.rollback.PlainRollback;
import dev.realms.migration.rollback.SchemaDump;
import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.ExpandSchema;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.migration.schema.StageRun;
import dev.realms.migration.schema.TestSql;
import dev.realms.security.secret.TestKeys;
import dev.realms.testing.oldapplication.OldApplicationLoad;
import dev.realms.testing.oldapplication.OldApplicationLoad.Waits;
import dev.realms.testing.oldapplication.OldApplicationRole;
import dev.realms.testing.oldapplication.OldApplicationShape;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the old application waits for, at 200 statements a second by a role of its own, from before the take-over through all states to the
 * finalization, beside its own waits before. After each rollback its schema is what it was, and after one without it its rows are, too.
 * {@code -Drealms.bench.users=20000} for more users.
 */
@DatabaseTest
class TakeOverBench {

    private static final int USERS = Integer.getInteger("realms.bench.users", 5_000);
    private static final Duration REST = Duration.ofSeconds(10);

    private DataSource database;
    private OldApplicationLoad load;

    @ParameterizedTest
    @EnumSource
    void theOldApplicationNoticesNothing(OldApplicationShape made) throws Exception {
        database = FreshDatabases.empty();
        new TestSql(database).run(made.schema(), made.rows(USERS), "VACUUM (ANALYZE)");
        new TestSql(FreshDatabases.asSuperuser(database)).run(OldApplicationRole.GRANTS);
        PlainRollback rollback = new PlainRollback(database, TestKeys.box());
        List<String> schema = SchemaDump.of(new TestSql(database));
        load = new OldApplicationLoad(OldApplicationRole.of(database), made, 4, 200)
                .with(30)
                .begin("pre-realm");
        try (OldApplicationLoad atWork = load) {
            rest("pre-realm");
            enter("take-over and expansion");
            new ExpandSchema(database, FreshDatabases.APP_USER).run();
            rest("expanded");
            migrate("migrating and contract");
            rest("migrated");
            enter("rolling back");
            rollback.run();
            assertThat(SchemaDump.of(new TestSql(database))).isEqualTo(schema);
            rest("rolled back");
            enter("take-over again");
            rollback.takeOverAgain();
            enter("coming back");
            rollback.restore();
            migrate("migrating again");
            rest("migrated again");
            atWork.end();
        }
        List<String> rows = rows();
        rollback.run();
        assertThat(SchemaDump.of(new TestSql(database))).isEqualTo(schema);
        assertThat(rows()).isEqualTo(rows);
        rollback.startAgain();
        new PlainMigration(database).complete();
        assertThat(rows()).isEqualTo(rows);
        StageRun.finalization(database).run(() -> false);
        print(made);
    }

    private void migrate(String label) throws Exception {
        enter(label);
        new PlainMigration(database).complete();
    }

    /** How many rows the old application sees in each of its tables, and a checksum of them. */
    private List<String> rows() throws SQLException {
        return new TestSql(database)
                .ask(OldApplicationRole.TABLES.stream()
                        .map(
                                "SELECT '%1$s ' || count(*) || ' ' || sum(hashtextextended(r::text, 0)) FROM public.%1$s AS r"
                                        ::formatted)
                        .collect(Collectors.joining(" UNION ALL ", "", " ORDER BY 1")));
    }

    private void rest(String label) throws InterruptedException {
        enter(label);
        Thread.sleep(REST.toMillis());
    }

    private void enter(String label) {
        load.enter(label);
    }

    private void print(OldApplicationShape shape) {
        Map<String, Waits> waits = load.waits();
        double before = millis(waits.get("pre-realm").p99());
        System.out.printf("%n%,d users, %s%n", USERS, shape.name().toLowerCase(Locale.ROOT));
        System.out.printf("  %-26s %10s %8s %8s %8s %8s%n", "", "statements", "p50 ms", "p99 ms", "max ms", "p99 to");
        waits.forEach((state, of) -> System.out.printf(
                Locale.ROOT,
                "  %-26s %,10d %8.2f %8.1f %8.1f %8.2f%n",
                state,
                of.statements(),
                millis(of.p50()),
                millis(of.p99()),
                millis(of.longest()),
                millis(of.p99()) / before));
        Map<String, Integer> failures = new TreeMap<>();
        load.failures()
                .forEach(failure -> failures.merge(failure.lines().findFirst().orElse(""), 1, Integer::sum));
        System.out.printf("  failed: %d%n", load.failures().size());
        failures.forEach((failure, times) -> System.out.printf("    %d x %s%n", times, failure));
    }

    private static double millis(Duration time) {
        return time.toNanos() / 1e6;
    }
}
