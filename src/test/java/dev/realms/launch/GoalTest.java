package dev.realms.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.migration.state.MigrationState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GoalTest {

    /** Where a command ends with the reason; every other state means one thing to each of them. */
    private static final Map<Goal, Set<String>> FAILURES = Map.of(
            Goal.MIGRATED,
            Set.of("stopped", "failed"),
            Goal.ROLLED_BACK,
            Set.of("rollback-failed"),
            Goal.CALLED_OFF,
            Set.of(),
            Goal.FINALIZED,
            Set.of());

    @ParameterizedTest
    @EnumSource(Goal.class)
    void knowsEveryState(Goal goal) {
        for (MigrationState state : MigrationState.values()) {
            List<Boolean> meanings = List.of(
                    goal.isReached(state.text()),
                    goal.isUnderWay(state.text()),
                    goal.isBefore(state.text()),
                    goal.isShut(state.text()),
                    FAILURES.get(goal).contains(state.text()));
            assertThat(meanings).as(state.text()).containsOnlyOnce(true);
        }
    }
}
