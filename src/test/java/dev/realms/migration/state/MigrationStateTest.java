package dev.realms.migration.state;

import static dev.realms.migration.state.MigrationState.MIGRATED;
import static dev.realms.migration.state.MigrationState.PAUSED;
import static dev.realms.migration.state.MigrationState.ROLLED_BACK;
import static dev.realms.migration.state.MigrationState.ROLLING_BACK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.migration.schema.TestSql;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DatabaseTest
class MigrationStateTest {

    @Test
    void allowsTheSameMovesAsTheDatabase() throws Exception {
        TestSql database = expanded();

        assertThat(Arrays.stream(MigrationState.values())
                        .flatMap(state -> state.next().stream().map(next -> state.text() + " -> " + next)))
                .containsExactlyInAnyOrderElementsOf(
                        database.ask("SELECT from_state || ' -> ' || to_state FROM migration.moves"));
    }

    @Test
    void knowsEveryStateItLeadsTo() {
        assertThat(Arrays.stream(MigrationState.values())
                        .flatMap(state -> state.next().stream())
                        .map(MigrationState::of))
                .contains(Stream.of(MigrationState.values())
                        .filter(state -> state != MigrationState.PRE_REALM)
                        .toArray(MigrationState[]::new));
    }

    /** What operators may do leads on from wherever nothing goes on by itself, and back, as long as there is a way back. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"PRE_REALM", "FINALIZED"})
    void actsLeadOnAndBackFromEveryState(MigrationState state) {
        Set<MigrationState> on = EnumSet.of(PAUSED, MIGRATED);
        on.addAll(MigrationAct.START.from());
        on.addAll(MigrationAct.CANCEL_ROLLBACK.from());
        boolean atWork = state.isUnderWay() || state == ROLLING_BACK;

        assertThat(atWork || on.contains(state)).as("on").isTrue();
        assertThat(atWork || state == ROLLED_BACK || MigrationAct.ROLLBACK.isAllowedIn(state))
                .as("back")
                .isTrue();
        assertThat(reachable(state)).contains("migrated", "rolled-back");
    }

    /** Where each act leads, the way operators are told it, as far as the state itself is moved. */
    @Test
    void theTableOfMovesHasWhatTheActsNeed() {
        Map<MigrationAct, Set<MigrationState>> leadTo = Map.of(
                MigrationAct.START, Set.of(MigrationState.RUNNING),
                MigrationAct.RESUME, Set.of(MigrationState.RUNNING),
                MigrationAct.PAUSE, Set.of(PAUSED),
                MigrationAct.STOP, Set.of(MigrationState.STOPPED),
                MigrationAct.FINALIZE, Set.of(MigrationState.FINALIZED),
                MigrationAct.CANCEL_ROLLBACK, Set.of(MIGRATED, MigrationState.STOPPED),
                MigrationAct.ROLLBACK, Set.of(ROLLING_BACK));

        leadTo.forEach((act, ends) -> act.from()
                .forEach(from -> assertThat(from.next())
                        .as("%s from %s", act.text(), from.text())
                        .containsAll(ends.stream().map(MigrationState::text).toList())));
    }

    @Test
    void aFinalizationEndsTheWayBack() {
        assertThat(MigrationAct.allowedIn(MIGRATED, false)).contains(MigrationAct.FINALIZE, MigrationAct.ROLLBACK);
        assertThat(MigrationAct.allowedIn(MIGRATED, true))
                .contains(MigrationAct.FINALIZE)
                .doesNotContain(MigrationAct.ROLLBACK);
    }

    private static Set<String> reachable(MigrationState from) {
        Set<String> reached = new HashSet<>();
        for (Deque<String> next = new ArrayDeque<>(from.next()); !next.isEmpty(); ) {
            String state = next.remove();
            if (reached.add(state)) {
                next.addAll(MigrationState.of(state).next());
            }
        }
        return reached;
    }

    @Test
    void theDatabaseLetsARollbackBeCalledOffOnlyToWhereItCameFrom() throws Exception {
        TestSql database = expanded();
        database.run(
                "UPDATE migration.state SET state = 'rolling-back'",
                "UPDATE migration.state SET state = 'rollback-failed'");

        assertThatThrownBy(() -> database.run("UPDATE migration.state SET state = 'migrated'"))
                .hasMessageContaining("the rollback can't be called off");
        database.run("UPDATE migration.state SET state = 'stopped'");
    }

    @Test
    void theDatabaseRefusesAnyOtherMove() throws Exception {
        TestSql database = expanded();

        assertThatThrownBy(() -> database.run("UPDATE migration.state SET state = 'migrated'"))
                .hasMessageContaining("no move leads from expanded to migrated");
    }

    private static TestSql expanded() throws Exception {
        TestSql database = new TestSql(FreshDatabases.expanded());
        return database;
    }
}
