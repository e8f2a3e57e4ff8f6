package dev.realms.testing.oldapplication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.migration.schema.TestSql;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of the Prisma shape are as many and as various as those of the other one. */
@DatabaseTest
class OldApplicationShapeTest {

    private static final int USERS = 100;

    private static TestSql snake;
    private static TestSql prisma;

    @BeforeAll
    static void fill() throws SQLException {
        snake = filled(OldApplicationShape.SNAKE_CASE, "UTC");
        prisma = filled(OldApplicationShape.PRISMA, "UTC");
    }

    @Test
    void holdsAsManyRowsInEachShape() throws SQLException {
        for (String table : OldApplicationRole.TABLES) {
            String count = "SELECT count(*) FROM " + table;
            assertThat(prisma.ask(count)).as(table).isEqualTo(snake.ask(count)).isNotEqualTo("0");
        }
        String largest = "SELECT max(n) FROM (SELECT count(*) AS n FROM documents GROUP BY %s) AS of_users";
        assertThat(prisma.ask(largest.formatted("\"userId\""))).isEqualTo(snake.ask(largest.formatted("user_id")));
    }

    @ParameterizedTest
    @CsvSource({
        "users, role, UserRole",
        "user_settings, theme, Theme",
        "database_servers, type, DatabaseType",
        "documents, state, DocumentState",
        "jobs, status, JobStatus"
    })
    void hasRowsInEveryState(String table, String column, String type) throws SQLException {
        assertThat(prisma.ask("SELECT unnest(enum_range(NULL::\"%s\")) EXCEPT SELECT %s FROM %s"
                        .formatted(type, column, table)))
                .isEmpty();
    }

    @Test
    void hasIdsOfBothKinds() throws SQLException {
        for (String table : OldApplicationRole.TABLES) {
            assertThat(prisma.ask("SELECT DISTINCT CASE WHEN id ~ '^c[0-9a-f]{24}$' THEN 'cuid'"
                            + " WHEN id = id::uuid::text THEN 'uuid' END FROM " + table + " ORDER BY 1"))
                    .as(table)
                    .containsExactly("cuid", "uuid");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Asia/Tokyo", "America/Los_Angeles"})
    void holdsTheSameWhateverTheZone(String zone) throws SQLException {
        String everything = "SELECT md5(string_agg(t::text, ',' ORDER BY id)) FROM %s AS t";
        TestSql there = filled(OldApplicationShape.PRISMA, zone);

        for (String table : OldApplicationRole.TABLES) {
            assertThat(there.ask(everything.formatted(table)))
                    .as(table)
                    .isEqualTo(prisma.ask(everything.formatted(table)));
        }
    }

    private static TestSql filled(OldApplicationShape shape, String zone) throws SQLException {
        TestSql database = new TestSql(FreshDatabases.empty());
        database.run(shape.schema(), "SET TIME ZONE '" + zone + "'", shape.rows(USERS));
        return database;
    }
}
