package dev.realms.migration.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.migration.schema.TestSql;
import dev.realms.ops.AuditEntry;
import dev.realms.testing.AtOnce;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DatabaseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StateStoreTest {

    private DataSource database;
    private TestSql sql;

    @BeforeAll
    void expand() throws Exception {
        database = FreshDatabases.expanded();
        sql = new TestSql(database);
    }

    @ParameterizedTest
    @EnumSource(MigrationState.class)
    void movesWhereTheTableLeadsAndNowhereElse(MigrationState from) throws Exception {
        for (MigrationState to : MigrationState.values()) {
            stand(from);
            if (from.next().contains(to.text())) {
                assertThat(move(from, Operator.of("system"), to))
                        .as(from + " to " + to)
                        .isTrue();
            } else if (from != to) {
                assertThatThrownBy(() -> move(from, Operator.of("system"), to))
                        .as(from + " to " + to)
                        .isInstanceOf(SQLException.class);
            }
        }
    }

    @Test
    void letsOneOfManyMove() throws Exception {
        for (int round = 0; round < 10; round++) {
            stand(MigrationState.RUNNING);
            List<Boolean> moved = AtOnce.all(Collections.<Callable<Boolean>>nCopies(
                    8, () -> move(MigrationState.RUNNING, Operator.of("system"), MigrationState.PAUSED)));
            assertThat(moved).containsOnlyOnce(true);
        }
    }

    @Test
    void movesOnlyWhatWasSeen() throws Exception {
        stand(MigrationState.RUNNING);
        long version = Long.parseLong(
                sql.ask("SELECT version::text FROM migration.state").get(0));

        assertThat(move(
                        MigrationState.RUNNING,
                        Operator.of("system", "\"" + (version - 1) + "\""),
                        MigrationState.PAUSED))
                .isFalse();
        assertThat(move(
                        MigrationState.RUNNING,
                        Operator.of("system", "\"1\", \"" + version + "\""),
                        MigrationState.PAUSED))
                .isTrue();
    }

    @Test
    void writesDownWhoMovedItFromWhereAndWhy() throws Exception {
        stand(MigrationState.RUNNING);
        try (Connection connection = database.getConnection()) {
            StateStore.move(
                    connection,
                    Set.of(MigrationState.RUNNING),
                    MigrationState.FAILED,
                    "Because.",
                    AuditEntry.bySystem("migrate"));
        }

        assertThat(sql.ask("SELECT actor || ' ' || act || ' ' || outcome || ' ' || parameters FROM migration.audit_log"
                        + " ORDER BY id DESC LIMIT 1"))
                .containsExactly("system migrate failed {\"from\": \"running\", \"reason\": \"Because.\"}");
    }

    static Stream<String> nobodysVersions() {
        return Stream.of("", "x", "\"x\"", "\"99999999999999999999\"", "7", "W/7");
    }

    @ParameterizedTest
    @MethodSource("nobodysVersions")
    void takesNoOtherTagForAVersion(String ifMatch) {
        assertThat(Operator.of("system", ifMatch).hasSeen(7)).isFalse();
    }

    /** A proxy that compresses an answer makes its tag a weak one. */
    @Test
    void takesAWeakTagForTheVersionThatItNames() {
        assertThat(Operator.of("system", "W/\"7\"").hasSeen(7)).isTrue();
        assertThat(Operator.of("system", "W/\"6\"").hasSeen(7)).isFalse();
    }

    @Test
    void takesAStarForAnyVersion() {
        assertThat(Operator.of("system", "*").seen()).isEqualTo(Optional.empty());
        assertThat(Operator.of("system", null).seen()).isEqualTo(Optional.empty());
    }

    /** Past the table of moves, which is what is asked here; back from migrated, where it is about a rollback. */
    private void stand(MigrationState state) throws Exception {
        sql.run(
                "ALTER TABLE migration.state DISABLE TRIGGER USER; UPDATE migration.state SET came_from = 'migrated', state = '"
                        + state.text() + "', version = version + 1; ALTER TABLE migration.state ENABLE TRIGGER USER");
    }

    private boolean move(MigrationState from, Operator operator, MigrationState to) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return StateStore.move(connection, Set.of(from), operator, to, null, AuditEntry.bySystem("test"));
        }
    }
}
