package dev.realms.migration.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.schema.ExpandSchema;
import dev.realms.schema.FreshDatabases;
import dev.realms.schema.Sql;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(FreshDatabases.class)
class PreflightTest {

    /** Anna and Bert have a server, a database, a document and a job each; ids end in 1 for Anna, in 2 for Bert. */
    private static final String[] TWO_USERS = {
        "INSERT INTO users (id, name, email) SELECT ('00000000-0000-0000-0000-00000000000' || n)::uuid, 'u', n || '@example.com'"
                + " FROM generate_series(1, 2) AS n",
        "INSERT INTO database_servers (id, name, type, host, port, user_id) SELECT id, 's', 'QDRANT', 'h', 1, id FROM users",
        "INSERT INTO databases (id, name, description, document_count, user_id, server_id) SELECT id, 'd', '', 1, id, id FROM users",
        "INSERT INTO documents (id, name, type, user_id, database_id) SELECT id, 'o', 't', id, id FROM users",
        "INSERT INTO jobs (id, document_name, document_type, document_id, user_id) SELECT id, 'o', 't', id, id FROM users"
    };

    @Test
    void findsNothingWhereAllIsWell() throws Exception {
        PreflightReport report = preflight(database());

        assertThat(report.ready()).isTrue();
        assertThat(report.findings()).isEmpty();
        assertThat(report.rows())
                .isEqualTo(Map.of(
                        "users",
                        2L,
                        "database_servers",
                        2L,
                        "databases",
                        2L,
                        "documents",
                        2L,
                        "jobs",
                        2L,
                        "api_keys",
                        0L));
        assertThat(report.rowsToTouch()).isEqualTo(report.rows());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    cross-user-server       | UPDATE databases SET server_id = '%1$s' WHERE id = '%2$s'
                    cross-user-database     | UPDATE documents SET database_id = '%1$s' WHERE id = '%2$s'
                    cross-user-document     | UPDATE jobs SET document_id = '%1$s' WHERE id = '%2$s'
                    quality-out-of-range    | UPDATE documents SET quality = 'NaN' WHERE id = '%2$s'
                    quality-out-of-range    | UPDATE documents SET quality = -0.1 WHERE id = '%2$s'
                    percentage-out-of-range | UPDATE jobs SET percentage = 101 WHERE id = '%2$s'
                    end-before-start        | UPDATE jobs SET end_date = start_date - interval '1 s' WHERE id = '%2$s'
                    end-missing             | UPDATE jobs SET status = 'FAILED' WHERE id = '%2$s'
                    """)
    void refusesWhatTheContractWould(String code, String sql) throws Exception {
        String anna = "00000000-0000-0000-0000-000000000001";
        String bert = "00000000-0000-0000-0000-000000000002";

        PreflightReport report = preflight(database(sql.formatted(anna, bert)));

        assertThat(report.ready()).isFalse();
        assertThat(report.findings())
                .filteredOn(Finding::blocks)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.code()).isEqualTo(code);
                    assertThat(finding.count()).isEqualTo(1);
                    assertThat(finding.ids()).containsExactly(bert);
                    assertThat(finding.answers()).containsExactly("refuse");
                });
    }

    @Test
    void refusesAddressesThatDifferInCaseOnly() throws Exception {
        PreflightReport report = preflight(
                database("INSERT INTO users (name, email) VALUES ('x', 'X@example.com'), ('y', 'x@Example.com')"));

        assertThat(report.sentence()).isEqualTo("Findings of the preflight get in the way: email-case (2).");
        assertThat(report.toString()).doesNotContainIgnoringCase("@example.com");
    }

    @Test
    void saysWhatItWillSetRight() throws Exception {
        PreflightReport report = preflight(database("UPDATE databases SET document_count = 7"));

        assertThat(report.ready()).isTrue();
        assertThat(report.findings()).extracting(Finding::code).containsExactly("document-count");
        assertThat(report.findings().get(0).count()).isEqualTo(2);
    }

    @Test
    void namesNoMoreRowsThanCanBeRead() throws Exception {
        PreflightReport report =
                preflight(database("INSERT INTO jobs (document_name, document_type, document_id, user_id, percentage)"
                        + " SELECT 'o', 't', id, user_id, -1 FROM documents, generate_series(1, 50)"));

        assertThat(report.findings().get(0).count()).isEqualTo(100);
        assertThat(report.findings().get(0).ids()).hasSize(Check.NAMED_ROWS);
    }

    @Test
    void changesNothing() throws Exception {
        Sql database = database("UPDATE databases SET document_count = 7");
        List<String> before = database.ask("SELECT xmin || to_jsonb(d)::text FROM databases d");

        preflight(database);

        assertThat(database.ask("SELECT xmin || to_jsonb(d)::text FROM databases d"))
                .isEqualTo(before);
    }

    private static Sql database(String... sql) throws Exception {
        Sql database = new Sql(FreshDatabases.legacy(TWO_USERS));
        database.run(sql);
        new ExpandSchema(database.database(), FreshDatabases.APP_USER).run();
        return database;
    }

    private static PreflightReport preflight(Sql database) throws Exception {
        try (Connection connection = database.database().getConnection()) {
            return Preflight.run(connection);
        }
    }
}
