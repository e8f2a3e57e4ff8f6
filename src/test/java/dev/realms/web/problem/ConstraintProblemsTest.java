package dev.realms.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.migration.control.PlainMigration;
import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.migration.schema.TestSql;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every constraint of the schema either means something to callers, or can't be broken through the API and stands here. */
@DatabaseTest
class ConstraintProblemsTest {

    private static final String CONSTRAINTS = """
            SELECT conname FROM pg_constraint JOIN pg_class AS c ON c.oid = conrelid
            WHERE connamespace = 'realms'::regnamespace AND contype IN ('c', 'f', 'u', 'p', 't') AND NOT relispartition AND relname NOT LIKE 'flyway%'
            UNION SELECT i.relname FROM pg_index JOIN pg_class c ON c.oid = indrelid JOIN pg_class i ON i.oid = indexrelid
            WHERE indisunique AND c.relnamespace = 'realms'::regnamespace AND NOT c.relispartition AND c.relname NOT LIKE 'flyway%'
            ORDER BY 1
            """;

    /** Written by nobody but the service, from values it made or checked itself. */
    private static final Set<String> OUT_OF_REACH = Set.of(
            // Until the finalization ids and keys are unique whatever the realm, and nobody but us makes them.
            "api_keys_id_key",
            "api_keys_key_key",
            "database_servers_id_key",
            "databases_id_key",
            "documents_id_key",
            "jobs_id_key",
            "api_keys_realm_id_key_hash_key",
            "api_keys_realm_id_key_key",
            "api_keys_pkey",
            "api_keys_realm_kept_check",
            "database_servers_pkey",
            "database_servers_realm_kept_check",
            "database_servers_type_check",
            "databases_pkey",
            "databases_realm_kept_check",
            "documents_pkey",
            "documents_realm_kept_check",
            "documents_state_check",
            "idempotent_requests_pkey",
            "jobs_pkey",
            "jobs_realm_kept_check",
            "jobs_status_check",
            "realm_events_kind_check",
            "realm_events_pkey",
            "realm_events_realm_id_fkey",
            "realms_content_kept_until_check",
            "realms_default_per_user_key",
            "realms_id_user_id_is_kept_key",
            "realms_id_user_id_key",
            "realms_pkey",
            "secret_keys_id_check",
            "secret_keys_one_active_key",
            "secret_keys_pkey",
            "user_settings_current_realm_id_fkey",
            "user_settings_pkey",
            "user_settings_theme_check",
            "user_settings_user_id_key",
            "users_pkey",
            "users_role_check");

    @Test
    void everyConstraintMeansSomethingOrIsOutOfReach() throws Exception {
        TestSql database = new TestSql(FreshDatabases.expanded());
        new PlainMigration(database.database()).run();

        assertThat(database.ask(CONSTRAINTS))
                .hasSizeGreaterThan(40)
                .allSatisfy(name -> assertThat(ConstraintProblems.means(name)
                                ^ OUT_OF_REACH.contains(name.replace("userId", "user_id")))
                        .as(name)
                        .isTrue());
    }
}
