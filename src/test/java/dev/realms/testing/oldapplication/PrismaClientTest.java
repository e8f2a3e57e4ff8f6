package dev.realms.testing.oldapplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.ExpandSchema;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.migration.schema.TestSql;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What we took down of Prisma is what Prisma does: its statements, and the tables that it makes. */
@DatabaseTest
@Tag("any-server")
class PrismaClientTest {

    private static final String SCHEMA = """
            SELECT 'column ' || attrelid::regclass || ' ' || attnum || ' ' || attname || ' ' || format_type(atttypid, atttypmod) || ' ' || attnotnull
                   || ' ' || coalesce(pg_get_expr(adbin, adrelid), '')
            FROM pg_attribute JOIN pg_class c ON c.oid = attrelid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
            WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
            UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
            UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
            WHERE connamespace = 'public'::regnamespace
            UNION ALL SELECT 'value ' || enumtypid::regtype || ' ' || enumsortorder || ' ' || enumlabel FROM pg_enum
            ORDER BY 1""";

    /** Whatever has a name, with all that the catalogue holds of it. */
    private static final String EVERYTHING = """
            SELECT 'class ' || c::text FROM (SELECT oid, relname, relnamespace, relkind, relowner, relacl, relnatts, relhastriggers FROM pg_class) AS c
            UNION ALL SELECT 'attribute ' || attrelid || ' ' || attnum || attname || attnotnull || atttypid FROM pg_attribute
            UNION ALL SELECT 'constraint ' || c::text FROM pg_constraint AS c
            UNION ALL SELECT 'type ' || oid || typname || typnamespace FROM pg_type
            UNION ALL SELECT 'trigger ' || oid || tgname || tgenabled::text FROM pg_trigger
            ORDER BY 1""";

    private static PrismaClient client;
    private static DataSource database;

    @BeforeAll
    static void install() throws Exception {
        Optional<PrismaClient> found = PrismaClient.install();
        assumeTrue(found.isPresent(), PrismaClient.ABSENT);
        client = found.get();
        database = FreshDatabases.empty();
        OldApplicationShape shape = OldApplicationShape.PRISMA;
        new TestSql(database).run(shape.schema(), shape.rows(20));
        new TestSql(FreshDatabases.asSuperuser(database)).run(OldApplicationRole.GRANTS);
    }

    @Test
    void sendsWhatIsRecorded() throws Exception {
        assertThat(inAnyOrder(client.record(OldApplicationRole.of(database))))
                .containsExactlyInAnyOrderEntriesOf(inAnyOrder(OldApplicationShape.PRISMA.operations()));
    }

    /** Within an operation it sends some statements side by side, and PostgreSQL gives rows in the order that it finds them in. */
    private static Map<String, List<String>> inAnyOrder(List<OldApplicationOperation> operations) {
        return operations.stream()
                .collect(Collectors.toMap(
                        OldApplicationOperation::name,
                        operation -> operation.statements().stream()
                                .map(PrismaClientTest::inAnyOrder)
                                .sorted()
                                .toList()));
    }

    private static String inAnyOrder(OldApplicationOperation.Statement statement) {
        String answer = statement.answer() instanceof OldApplicationOperation.Answer.Rows rows
                ? rows.rows().stream().map(Object::toString).sorted().toList().toString()
                : statement.answer().toString();
        return statement.sql() + statement.parameters() + statement.times() + answer;
    }

    @Test
    void saysWhatFails() throws Exception {
        DataSource broken = FreshDatabases.copyOf(database);
        new TestSql(broken)
                .run("DROP INDEX \"databases_name_userId_key\"", "REVOKE DELETE ON jobs FROM old_application");

        assertThat(client.failures(OldApplicationRole.of(broken)))
                .anyMatch(failure -> failure.startsWith("upsert a database by name and user, there: "))
                .noneMatch(failure -> failure.startsWith("sign up: "));
    }

    @Test
    void makesTheTablesThatAreRecorded() throws Exception {
        DataSource made = FreshDatabases.empty();

        assertThat(client.push(made).getInt("steps")).isPositive();

        assertThat(new TestSql(made).ask(SCHEMA)).isEqualTo(new TestSql(database).ask(SCHEMA));
        assertThat(client.push(database)).hasToString("{\"steps\":0,\"refused\":[]}");
    }

    /** Some installations push at each start: that must not damage what the take-over has made. */
    @Test
    void pushesNothingIntoADatabaseThatWasTakenOver() throws Exception {
        DataSource taken = FreshDatabases.copyOf(database);
        new ExpandSchema(taken, FreshDatabases.APP_USER).run();
        List<String> before = new TestSql(taken).ask(EVERYTHING);

        assertThat(client.push(taken)).containsKey("error");

        assertThat(new TestSql(taken).ask(EVERYTHING)).isEqualTo(before);
    }
}
