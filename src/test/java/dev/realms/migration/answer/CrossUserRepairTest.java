package dev.realms.migration.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.migration.answer.PreflightAnswers.Answer;
import dev.realms.migration.check.Preflight;
import dev.realms.migration.check.PreflightReport;
import dev.realms.migration.check.PreflightReport.PreflightFinding;
import dev.realms.migration.control.PlainMigration;
import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.migration.schema.TestSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of rows that refer to another user's. Every finding that can be answered is here with every answer. */
@DatabaseTest
class CrossUserRepairTest {

    private static final String ANNA = "00000000-0000-0000-0000-00000000000a";
    private static final String BERT = "00000000-0000-0000-0000-00000000000b";
    private static final String CLEO = "00000000-0000-0000-0000-00000000000c";

    /** Everybody has a server with secrets, a database, a document and a job, all with the id of their user. */
    private static final String[] THREE_USERS = {
        "INSERT INTO users (id, name, email) VALUES ('%s', 'a', 'a@example.com'), ('%s', 'b', 'b@example.com'), ('%s', 'c', 'c@example.com')"
                .formatted(ANNA, BERT, CLEO),
        "INSERT INTO database_servers (id, name, type, host, port, username, password, api_key, user_id)"
                + " SELECT id, 'server of ' || name, 'QDRANT', 'host', 1, 'user', 'secret', 'secret', id FROM users",
        "INSERT INTO databases (id, name, description, document_count, user_id, server_id) SELECT id, 'same', '', 1, id, id FROM users",
        "INSERT INTO documents (id, name, type, user_id, database_id) SELECT id, 'document of ' || name, 't', id, id FROM users",
        "INSERT INTO jobs (id, document_name, document_type, document_id, user_id) SELECT id, 'document of ' || name, 't', id, id FROM users"
    };

    private static final Map<String, String> REFERS_TO_BERTS = Map.of(
            "cross-user-server", "UPDATE databases SET server_id = '%2$s' WHERE id = '%1$s'",
            "cross-user-database", "UPDATE documents SET database_id = '%2$s' WHERE id = '%1$s'",
            "cross-user-document", "UPDATE jobs SET document_id = '%2$s' WHERE id = '%1$s'");

    private static TestSql database;

    @BeforeAll
    static void build() throws Exception {
        database = new TestSql(FreshDatabases.expanded());
    }

    @BeforeEach
    void fill() throws SQLException {
        database.run(
                "DELETE FROM users",
                "DELETE FROM migration.ledger",
                "DELETE FROM migration.answers",
                "DELETE FROM migration.baseline",
                "DELETE FROM migration.changes",
                "DELETE FROM migration.audit_log");
        database.run(THREE_USERS);
    }

    static Stream<Arguments> everyAnswer() {
        return CrossUserReference.ALL.stream()
                .flatMap(reference -> Stream.of(Answer.values())
                        .filter(answer -> answer != Answer.IGNORE)
                        .map(answer -> Arguments.of(reference.finding(), answer)));
    }

    /** Whatever is answered and however it is arranged, an answer that is not to refuse leaves nothing that crosses. */
    @ParameterizedTest
    @MethodSource("everyAnswer")
    void everyFindingIsGoneOrRefused(String finding, Answer answer) throws Exception {
        database.run(REFERS_TO_BERTS.get(finding).formatted(ANNA, BERT));
        PreflightAnswers answers = new PreflightAnswers(Map.of(finding, answer));
        assertThat(preflight(answers).findings())
                .filteredOn(found -> found.code().startsWith("cross-user"))
                .singleElement()
                .returns(finding, PreflightFinding::code)
                .returns(answer == Answer.REFUSE, PreflightFinding::blocks)
                .returns(List.of("refuse", "detach", "reassign"), PreflightFinding::answers)
                .returns(answer.text(), PreflightFinding::answer);
        List<String> before = rows();

        assertThat(settle(answers)).isTrue();

        assertThat(preflight(PreflightAnswers.NONE).ready()).isEqualTo(answer != Answer.REFUSE);
        if (answer == Answer.REFUSE) {
            assertThat(rows()).isEqualTo(before);
            assertThat(ledger()).isEmpty();
        } else {
            assertThat(new PlainMigration(database.database())
                            .verifyAfterMoving()
                            .sentence())
                    .startsWith("All ");
        }
    }

    @Test
    void aDetachedDatabaseGetsAServerWithoutCredentials() throws Exception {
        crosses("cross-user-server");

        settle(Map.of("cross-user-server", Answer.DETACH));

        String made = only("SELECT server_id FROM databases WHERE id = '" + ANNA + "'");
        assertThat(database.ask(
                        "SELECT concat_ws(' ', name, type, host, port, username, password, api_key, is_active, user_id)"
                                + " FROM database_servers WHERE id = '" + made + "'"))
                .containsExactly("server of b QDRANT host 1 f " + ANNA);
        assertThat(ledger())
                .containsExactly(
                        "database_servers " + made + " made by cross-user-server",
                        "databases " + ANNA + " detach server_id " + BERT + " " + made + " by cross-user-server");
        assertThat(only("SELECT user_id FROM databases WHERE id = '" + ANNA + "'"))
                .isEqualTo(ANNA);
    }

    @Test
    void databasesOfOneUserShareWhatStandsInForAServer() throws Exception {
        database.run(
                "INSERT INTO databases (name, description, user_id, server_id) SELECT n, '', '%s', '%s' FROM generate_series(1, 3) AS n"
                        .formatted(ANNA, BERT),
                "INSERT INTO databases (name, description, user_id, server_id) VALUES ('n', '', '%s', '%s')"
                        .formatted(CLEO, BERT));

        settle(Map.of("cross-user-server", Answer.DETACH));

        assertThat(database.ask("SELECT user_id || ' ' || count(*) FROM database_servers GROUP BY user_id ORDER BY 1"))
                .containsExactly(ANNA + " 2", BERT + " 1", CLEO + " 2");
    }

    @Test
    void aReassignedDatabaseGoesWithItsDocumentsAndTheirJobs() throws Exception {
        crosses("cross-user-server");

        settle(Map.of("cross-user-server", Answer.REASSIGN));

        assertThat(owners(ANNA))
                .containsExactly("database_servers " + ANNA, "databases " + BERT, "documents " + BERT, "jobs " + BERT);
        assertThat(only("SELECT name FROM databases WHERE id = '" + ANNA + "'"))
                .as("Bert has one of that name")
                .isEqualTo("same (00000000)");
        assertThat(ledger())
                .containsExactly(
                        "databases " + ANNA + " reassign user_id " + ANNA + " " + BERT + " by cross-user-server",
                        "databases " + ANNA + " reassign pre_realm_name  (00000000) by cross-user-server",
                        "documents " + ANNA + " reassign user_id " + ANNA + " " + BERT + " by cross-user-server",
                        "jobs " + ANNA + " reassign user_id " + ANNA + " " + BERT + " by cross-user-server");
    }

    @Test
    void namesThatClashAmongThemselvesAreToldApart() throws Exception {
        database.run(
                "UPDATE databases SET server_id = '%s'".formatted(BERT),
                "UPDATE databases SET name = 'other' WHERE id = '%s'".formatted(BERT));

        settle(Map.of("cross-user-server", Answer.REASSIGN));

        assertThat(database.ask("SELECT name FROM databases ORDER BY name"))
                .containsExactly("other", "same", "same (00000000)");
    }

    /** What hangs on a row goes with it, also where the answer about its own table says otherwise; what does not obeys that answer. */
    @Test
    void whatBelongsToAThirdUserDoesNotFollow() throws Exception {
        crosses("cross-user-server");
        database.run("UPDATE documents SET database_id = '%s' WHERE id = '%s'".formatted(ANNA, CLEO));

        settle(Map.of("cross-user-server", Answer.REASSIGN, "cross-user-database", Answer.DETACH));

        assertThat(owners(ANNA)).contains("documents " + BERT, "jobs " + BERT);
        assertThat(owners(CLEO)).contains("documents " + CLEO, "jobs " + CLEO);
        assertThat(database.ask("SELECT id FROM documents WHERE database_id IS NULL"))
                .containsExactly(CLEO);
    }

    /** Bert's document lay in Anna's database on Bert's server. */
    @Test
    void aHandOverCanSettleAnotherFinding() throws Exception {
        crosses("cross-user-server");
        database.run("UPDATE documents SET database_id = '%s' WHERE id = '%s'".formatted(ANNA, BERT));

        settle(Map.of("cross-user-server", Answer.REASSIGN, "cross-user-database", Answer.DETACH));

        assertThat(only("SELECT database_id FROM documents WHERE id = '" + BERT + "'"))
                .isEqualTo(ANNA);
        assertThat(preflight(PreflightAnswers.NONE).ready()).isTrue();
    }

    @Test
    void aDetachedDocumentLeavesTheDatabase() throws Exception {
        crosses("cross-user-database");

        settle(Map.of("cross-user-database", Answer.DETACH));

        assertThat(database.ask("SELECT user_id FROM documents WHERE database_id IS NULL"))
                .containsExactly(ANNA);
        assertThat(ledger())
                .containsExactly("documents " + ANNA + " detach database_id " + BERT + " by cross-user-database");
    }

    @Test
    void aReassignedDocumentTakesItsJobs() throws Exception {
        crosses("cross-user-database");

        settle(Map.of("cross-user-database", Answer.REASSIGN));

        assertThat(owners(ANNA))
                .containsExactly("database_servers " + ANNA, "databases " + ANNA, "documents " + BERT, "jobs " + BERT);
    }

    @Test
    void aDetachedJobGetsADocumentOfItsNameAndType() throws Exception {
        crosses("cross-user-document");

        settle(Map.of("cross-user-document", Answer.DETACH));

        String made = only("SELECT document_id FROM jobs WHERE id = '" + ANNA + "'");
        assertThat(database.ask(
                        "SELECT concat_ws(' ', name, type, state, user_id, database_id) FROM documents WHERE id = '"
                                + made + "'"))
                .containsExactly("document of a t DEPRECATED " + ANNA);
        assertThat(ledger())
                .containsExactly(
                        "documents " + made + " made by cross-user-document",
                        "jobs " + ANNA + " detach document_id " + BERT + " " + made + " by cross-user-document");
    }

    @Test
    void aReassignedJobGoesAlone() throws Exception {
        crosses("cross-user-document");

        settle(Map.of("cross-user-document", Answer.REASSIGN));

        assertThat(owners(ANNA))
                .containsExactly("database_servers " + ANNA, "databases " + ANNA, "documents " + ANNA, "jobs " + BERT);
    }

    /** The pre-realm application knows nothing of a hand-over and goes on adding to the database. */
    @Test
    void whatIsAddedAfterwardsFollowsWithoutAnAnswer() throws Exception {
        crosses("cross-user-server");
        settle(Map.of("cross-user-server", Answer.REASSIGN));
        database.run("INSERT INTO documents (name, type, user_id, database_id) VALUES ('later', 't', '%1$s', '%1$s')"
                .formatted(ANNA));

        assertThat(preflight(PreflightAnswers.NONE).ready()).isTrue();
        settle(Map.of());

        assertThat(only("SELECT user_id FROM documents WHERE name = 'later'")).isEqualTo(BERT);
    }

    @Test
    void changesOfAnswersAreNoted() throws Exception {
        new PlainMigration(database.database()).moveRows();
        REFERS_TO_BERTS.values().forEach(sql -> run(sql.formatted(ANNA, BERT)));
        REFERS_TO_BERTS.values().forEach(sql -> run(sql.formatted(CLEO, BERT)));

        try (Connection connection = database.database().getConnection()) {
            connection.createStatement().execute("SET realms.migration = 'on'");
            new CrossUserRepair(connection, () -> true)
                    .run(new PreflightAnswers(Map.of(
                            "cross-user-server", Answer.DETACH,
                            "cross-user-database", Answer.REASSIGN,
                            "cross-user-document", Answer.DETACH)));
            assertThat(connection
                            .createStatement()
                            .execute("SELECT 1/(current_setting('realms.migration') = 'on')::int"))
                    .isTrue();
        }

        assertThat(new PlainMigration(database.database()).verifyAfterMoving().sentence())
                .startsWith("All ");
    }

    @ParameterizedTest
    @EnumSource(
            value = Answer.class,
            names = {"DETACH", "REASSIGN"})
    void goesOnAfterAStopInTheMiddle(Answer answer) throws Exception {
        crosses("cross-user-server");
        database.run(
                "INSERT INTO documents (name, type, user_id, database_id) SELECT n, 't', '%s', '%s' FROM generate_series(1, 1200) AS n"
                        .formatted(ANNA, answer == Answer.REASSIGN ? ANNA : BERT));
        PreflightAnswers answers =
                new PreflightAnswers(Map.of("cross-user-server", answer, "cross-user-database", answer));
        int[] portions = {0};
        try (Connection connection = database.database().getConnection()) {
            assertThat(new CrossUserRepair(connection, () -> portions[0]++ < 2).run(answers))
                    .isFalse();
        }
        assertThat(preflight(answers).ready()).isTrue();

        assertThat(settle(answers)).isTrue();

        assertThat(preflight(PreflightAnswers.NONE).ready()).isTrue();
        assertThat(portions[0]).isEqualTo(3);
    }

    @Test
    void doesNothingTheSecondTime() throws Exception {
        REFERS_TO_BERTS.values().forEach(sql -> run(sql.formatted(ANNA, BERT)));
        PreflightAnswers answers = new PreflightAnswers(Map.of(
                "cross-user-server",
                Answer.DETACH,
                "cross-user-database",
                Answer.DETACH,
                "cross-user-document",
                Answer.DETACH));
        settle(answers);
        List<String> rows = rows();
        List<String> ledger = ledger();

        settle(answers);

        assertThat(rows()).isEqualTo(rows);
        assertThat(ledger()).isEqualTo(ledger);
    }

    /** It knows nothing of what is going on, and must neither fail nor wait. */
    @ParameterizedTest
    @EnumSource(
            value = Answer.class,
            names = {"DETACH", "REASSIGN"})
    void theApplicationGoesOnMeanwhile(Answer answer) throws Exception {
        database.run(
                "INSERT INTO documents (name, type, user_id, database_id) SELECT 'busy', 't', '%s', '%s' FROM generate_series(1, 3000) AS n"
                        .formatted(ANNA, BERT));
        List<String> ids = database.ask("SELECT id FROM documents WHERE name = 'busy' ORDER BY id");
        AtomicBoolean ended = new AtomicBoolean();
        CompletableFuture<List<Long>> writer = CompletableFuture.supplyAsync(() -> {
            List<Long> waits = new ArrayList<>();
            try (Connection connection = database.database().getConnection();
                    PreparedStatement update =
                            connection.prepareStatement("UPDATE documents SET version = version + 1 WHERE id = ?")) {
                while (!ended.get()) {
                    long start = System.nanoTime();
                    update.setObject(1, ids.get(waits.size() * 7 % ids.size()), Types.OTHER);
                    assertThat(update.executeUpdate()).isEqualTo(1);
                    waits.add(System.nanoTime() - start);
                }
                return waits;
            } catch (SQLException fault) {
                throw new IllegalStateException(fault);
            }
        });

        settle(Map.of("cross-user-database", answer));
        ended.set(true);

        List<Long> waits = writer.join();
        assertThat(waits).isNotEmpty().allMatch(wait -> wait < 2_000_000_000L);
        assertThat(preflight(PreflightAnswers.NONE).ready()).isTrue();
        assertThat(only("SELECT sum(version - 1) FROM documents WHERE name = 'busy'"))
                .isEqualTo(Integer.toString(waits.size()));
    }

    @Test
    void booksHoldNoValuesOfRows() throws Exception {
        REFERS_TO_BERTS.values().forEach(sql -> run(sql.formatted(ANNA, BERT)));

        settle(Map.of(
                "cross-user-server",
                Answer.DETACH,
                "cross-user-database",
                Answer.REASSIGN,
                "cross-user-document",
                Answer.DETACH));

        assertThat(
                        database.ask(
                                "SELECT l::text FROM migration.ledger AS l UNION ALL SELECT a::text FROM migration.audit_log AS a"))
                .isNotEmpty()
                .noneMatch(line -> line.contains("secret")
                        || line.contains("@")
                        || line.contains("of a")
                        || line.contains("of b"));
        assertThat(
                        database.ask(
                                "SELECT outcome || ' ' || parameters FROM migration.audit_log WHERE act = 'answer' ORDER BY id LIMIT 1"))
                .containsExactly(
                        "changed {\"made\": 1, \"answer\": \"detach\", \"changed\": 1, \"finding\": \"cross-user-server\", \"followed\": false}");
    }

    @Test
    void answersAreKeptUntilOthersAreGiven() throws Exception {
        try (Connection connection = database.database().getConnection()) {
            PreflightAnswers chosen = new PreflightAnswers(Map.of("cross-user-server", Answer.DETACH));
            chosen.write(connection);
            assertThat(PreflightAnswers.read(connection)).isEqualTo(chosen);

            PreflightAnswers other =
                    new PreflightAnswers(Map.of("cross-user-server", Answer.REFUSE, "old-snapshot", Answer.IGNORE));
            other.write(connection);
            assertThat(PreflightAnswers.read(connection)).isEqualTo(other);
        }
    }

    private static void crosses(String finding) {
        run(REFERS_TO_BERTS.get(finding).formatted(ANNA, BERT));
    }

    private static boolean settle(Map<String, Answer> answers) throws SQLException {
        return settle(new PreflightAnswers(answers));
    }

    private static boolean settle(PreflightAnswers answers) throws SQLException {
        try (Connection connection = database.database().getConnection()) {
            return new CrossUserRepair(connection, () -> true).run(answers);
        }
    }

    private static PreflightReport preflight(PreflightAnswers answers) throws SQLException {
        try (Connection connection = database.database().getConnection()) {
            return Preflight.run(connection, FreshDatabases.APP_USER, answers);
        }
    }

    /** Whose the rows are that were this user's. */
    private static List<String> owners(String id) throws SQLException {
        return database.ask(Stream.of("database_servers", "databases", "documents", "jobs")
                .map(table -> "SELECT '%1$s ' || user_id FROM %1$s WHERE id = '%2$s'".formatted(table, id))
                .reduce((one, other) -> one + " UNION ALL " + other)
                .orElseThrow());
    }

    private static List<String> ledger() throws SQLException {
        return database.ask(
                "SELECT concat_ws(' ', table_name, row_id, act, column_name, old_value, new_value, 'by', finding)"
                        + " FROM migration.ledger ORDER BY id");
    }

    private static List<String> rows() throws SQLException {
        return database.ask(Stream.of("database_servers", "databases", "documents", "jobs")
                        .map(table -> "SELECT xmin || to_jsonb(t)::text FROM " + table + " AS t")
                        .reduce((one, other) -> one + " UNION ALL " + other)
                        .orElseThrow()
                + " ORDER BY 1");
    }

    private static String only(String sql) throws SQLException {
        List<String> found = database.ask(sql);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static void run(String sql) {
        try {
            database.run(sql);
        } catch (SQLException fault) {
            throw new IllegalStateException(fault);
        }
    }
}
