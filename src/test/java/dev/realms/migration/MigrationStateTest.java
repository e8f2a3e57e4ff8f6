package dev.realms.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.schema.DatabaseTest;
import dev.realms.schema.FreshDatabases;
import dev.realms.schema.Sql;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@DatabaseTest
class MigrationStateTest {

    @Test
    void allowsTheSameMovesAsTheDatabase() throws Exception {
        Sql database = expanded();

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

    @Test
    void theDatabaseRefusesAnyOtherMove() throws Exception {
        Sql database = expanded();

        assertThatThrownBy(() -> database.run("UPDATE migration.state SET state = 'migrated'"))
                .hasMessageContaining("no move leads from expanded to migrated");
    }

    private static Sql expanded() throws Exception {
        Sql database = new Sql(FreshDatabases.expanded());
        return database;
    }
}
