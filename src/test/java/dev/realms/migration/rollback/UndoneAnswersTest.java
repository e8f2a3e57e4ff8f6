package dev.realms.migration.rollback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.migration.answer.CrossUserRepair;
import dev.realms.migration.answer.PreflightAnswers;
import dev.realms.migration.answer.PreflightAnswers.Answer;
import dev.realms.migration.control.PlainMigration;
import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.ExpandSchema;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.migration.schema.TestSql;
import dev.realms.security.secret.Boxes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What answers to the preflight's findings have changed, a rollback changes back, to the row. */
@DatabaseTest
class UndoneAnswersTest {

    /** Ten users with one of each, all with the id of their user, and each third refers to the next user's. */
    private static final String[] ROWS = {
        "INSERT INTO users (id, name, email) SELECT ('00000000-0000-0000-0000-00000000000' || n)::uuid, n, n || '@example.com'"
                + " FROM generate_series(0, 9) AS n",
        "INSERT INTO database_servers (id, name, type, host, port, password, user_id) SELECT id, name, 'QDRANT', 'h', 1, 'p', id FROM users",
        "INSERT INTO databases (id, name, description, user_id, server_id) SELECT id, 'same', '', id, id FROM users",
        "INSERT INTO documents (id, name, type, user_id, database_id) SELECT id, name, 't', id, id FROM users",
        "INSERT INTO jobs (id, document_name, document_type, document_id, user_id) SELECT id, name, 't', id, id FROM users",
        "UPDATE databases AS d SET server_id = s.id FROM database_servers AS s"
                + " WHERE d.id = '00000000-0000-0000-0000-000000000000' AND s.name = '1'"
                + " OR d.id = '00000000-0000-0000-0000-000000000008' AND s.name = '9'",
        "UPDATE documents AS o SET database_id = '00000000-0000-0000-0000-000000000003' WHERE o.name IN ('2', '8')",
        "UPDATE jobs AS j SET document_id = '00000000-0000-0000-0000-000000000005' WHERE j.document_name IN ('4', '0')"
    };

    @ParameterizedTest
    @EnumSource(
            value = Answer.class,
            names = {"DETACH", "REASSIGN"})
    void everyRowIsAsItWas(Answer answer) throws Exception {
        TestSql database = new TestSql(FreshDatabases.preRealm(ROWS));
        List<String> before = rows(database);
        settle(database, answer);
        assertThat(new PlainMigration(database.database()).run().passed()).isTrue();
        assertThat(rows(database)).isNotEqualTo(before);

        new PlainRollback(database.database(), Boxes.of(database.database())).run();

        assertThat(rows(database)).isEqualTo(before);
        assertThat(database.ask("SELECT id FROM migration.ledger")).isEmpty();
    }

    /** No contract is there whose first script would say that there is no calling off. */
    @Test
    void canNotBeCalledOffOnceAnAnswerIsUndone() throws Exception {
        TestSql database = new TestSql(FreshDatabases.preRealm(ROWS));
        List<String> before = rows(database);
        settle(database, Answer.DETACH);
        PlainRollback rollback = new PlainRollback(database.database(), Boxes.of(database.database()));
        assertThatThrownBy(() -> rollback.run(begun -> {
                    if (begun == RollbackListener.Phase.SCHEMA) {
                        throw new RollbackListener.RollbackStopped();
                    }
                }))
                .isInstanceOf(RollbackListener.RollbackStopped.class);

        assertThatThrownBy(rollback::callOff)
                .isInstanceOf(Rollback.CannotRollBack.class)
                .hasMessageStartingWith("The schema has begun");
        assertThatThrownBy(() -> database.run("UPDATE migration.state SET state = 'stopped'"))
                .hasMessageContaining("the rollback can't be called off");

        rollback.run();
        assertThat(rows(database)).isEqualTo(before);
        assertThat(database.ask("SELECT undoing FROM migration.going_back")).containsExactly("f");
    }

    private static void settle(TestSql database, Answer answer) throws Exception {
        new ExpandSchema(database.database(), FreshDatabases.APP_USER).run();
        try (Connection connection = database.database().getConnection()) {
            new CrossUserRepair(connection, () -> true)
                    .run(new PreflightAnswers(Map.of(
                            "cross-user-server", answer,
                            "cross-user-database", answer,
                            "cross-user-document", answer)));
        }
    }

    /** Counts of documents are set right by the contract, whatever was answered. */
    private static List<String> rows(TestSql database) throws SQLException {
        return database.ask(Stream.of(
                                "SELECT concat_ws(' ', 's', id, name, host, password, [is_active], [updated_at], [user_id]) FROM public.database_servers",
                                "SELECT concat_ws(' ', 'd', id, name, [updated_at], [user_id], [server_id]) FROM public.databases",
                                "SELECT concat_ws(' ', 'o', id, name, state, [updated_at], [user_id], [database_id]) FROM public.documents",
                                "SELECT concat_ws(' ', 'j', id, [document_name], [updated_at], [user_id], [document_id]) FROM public.jobs")
                        .reduce((one, other) -> one + " UNION ALL " + other)
                        .orElseThrow()
                + " ORDER BY 1");
    }
}
