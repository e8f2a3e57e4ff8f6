package dev.realms.realm.isolation.audit;

import dev.realms.apikey.ApiKeyFormat;
import dev.realms.realm.isolation.RealmTables;
import dev.realms.security.secret.SecretBox;
import java.util.ArrayList;
import java.util.List;

/**
 * The invariants, each in one place. PostgreSQL must not answer from what it has been told: it takes {@code IS NULL} of a column
 * that is declared NOT NULL for false and asks no row, so nulls are counted by a function that it does not see through.
 */
final class Invariants {

    private static final String HASH = "'^sha256:[0-9a-f]{64}$'";

    /**
     * Something that holds of every row of a table at all times.
     *
     * @param name in kebab-case
     * @param rows the rows that are asked: a table, perhaps with a condition
     * @param wrong a query for the {@code id} of each row of which it does not hold
     */
    record Invariant(String name, String table, String rows, String wrong) {

        /** One that a row shows by itself. */
        static Invariant ofRow(String name, String table, String violated) {
            return new Invariant(name, table, table, "SELECT id FROM " + table + " WHERE " + violated);
        }

        /** One that a row shows together with others. */
        static Invariant ofRows(String name, String table, String wrong) {
            return new Invariant(name, table, table, wrong);
        }
    }

    private Invariants() {}

    /**
     * @param finalized whether nothing from before realms is left as it was, and counts of documents are kept
     */
    static List<Invariant> of(Coverage coverage, boolean finalized) {
        List<Invariant> all = new ArrayList<>();
        coverage.owned().forEach(table -> addOwned(all, table));
        coverage.references().forEach(reference -> all.add(inRealm(reference)));
        addUsersAndRealms(all);
        addNames(all);
        addBounds(all);
        addSecrets(all, finalized);
        if (finalized) {
            all.add(documentCount());
        }
        return all;
    }

    private static void addOwned(List<Invariant> all, String table) {
        String hasRealm = table + " AS t WHERE num_nulls(realm_id) = 0";
        all.add(Invariant.ofRow("has-realm", table, "num_nulls(realm_id) > 0"));
        all.add(new Invariant(
                "realm-exists",
                table,
                hasRealm,
                "SELECT id FROM " + hasRealm + " AND NOT EXISTS (SELECT FROM realms WHERE realms.id = t.realm_id)"));
        if (!table.equals(RealmTables.EVENTS)) {
            all.add(new Invariant(
                    "realm-kept",
                    table,
                    hasRealm,
                    "SELECT id FROM " + hasRealm
                            + " AND EXISTS (SELECT FROM realms WHERE realms.id = t.realm_id AND is_kept IS NOT TRUE)"));
        }
        all.add(
                new Invariant(
                        "realm-of-owner",
                        table,
                        hasRealm,
                        "SELECT id FROM " + hasRealm
                                + " AND EXISTS (SELECT FROM realms WHERE realms.id = t.realm_id AND realms.user_id IS DISTINCT FROM t.user_id)"));
        all.add(Invariant.ofRows("id-unique", table, repeated(table, "realm_id, id")));
    }

    private static Invariant inRealm(RealmTables.Reference reference) {
        String rows = "%s AS t WHERE num_nulls(realm_id, %s) = 0".formatted(reference.table(), reference.column());
        return new Invariant(
                "reference-in-realm",
                reference.table(),
                rows,
                "SELECT id FROM %s AND NOT EXISTS (SELECT FROM %s AS target WHERE target.id = t.%s AND target.realm_id = t.realm_id)"
                        .formatted(rows, reference.target(), reference.column()));
    }

    private static void addUsersAndRealms(List<Invariant> all) {
        all.add(Invariant.ofRows("one-default-realm", "users", """
                SELECT users.id FROM users LEFT JOIN (
                    SELECT user_id, count(*) AS n FROM realms WHERE is_default AND is_active GROUP BY user_id) AS d
                  ON d.user_id = users.id
                WHERE d.n IS DISTINCT FROM 1
                """));
        all.add(Invariant.ofRows("id-unique", "users", repeated("users", "id")));
        all.add(Invariant.ofRows("id-unique", "realms", repeated("realms", "id")));
        all.add(Invariant.ofRows("email-unique", "users", repeated("users", "realms_doors.email_key(email)")));
        for (String table : RealmTables.OF_USERS) {
            String id = table.equals("idempotent_requests") ? "user_id AS id" : "id";
            all.add(Invariant.ofRows(
                    "user-exists",
                    table,
                    "SELECT %s FROM %s AS t WHERE NOT EXISTS (SELECT FROM users WHERE users.id = t.user_id)"
                            .formatted(id, table)));
        }
        all.add(new Invariant(
                "current-realm-of-user", "user_settings", "user_settings WHERE num_nulls(current_realm_id) = 0", """
                SELECT id FROM user_settings AS s WHERE num_nulls(current_realm_id) = 0
                  AND NOT EXISTS (SELECT FROM realms WHERE realms.id = s.current_realm_id AND realms.user_id = s.user_id)
                """));
    }

    private static void addNames(List<Invariant> all) {
        all.add(new Invariant(
                "active-name-unique",
                "realms",
                "realms WHERE is_active",
                repeated("realms WHERE is_active", "user_id, name_key")));
        all.add(new Invariant(
                "name-unique",
                "databases",
                "databases WHERE num_nulls(realm_id) = 0",
                repeated("databases WHERE num_nulls(realm_id) = 0", "realm_id, name")));
        all.add(Invariant.ofRow(
                "name-bounds", "realms", "(char_length(name) BETWEEN 1 AND 100 AND name = btrim(name)) IS NOT TRUE"));
        all.add(Invariant.ofRow("description-bounds", "realms", "char_length(description) > 500"));
    }

    private static void addBounds(List<Invariant> all) {
        all.add(Invariant.ofRow("quality-bounds", "documents", "(quality BETWEEN 0 AND 1) IS NOT TRUE"));
        all.add(Invariant.ofRow("percentage-bounds", "jobs", "(percentage BETWEEN 0 AND 100) IS NOT TRUE"));
        all.add(Invariant.ofRow("end-after-start", "jobs", "end_date < start_date"));
        all.add(Invariant.ofRow(
                "ended-has-end", "jobs", "num_nulls(end_date) > 0 AND status IN ('FINISHED', 'FAILED', 'CANCELLED')"));
    }

    private static void addSecrets(List<Invariant> all, boolean finalized) {
        for (String column : List.of("password", "api_key")) {
            String some = "database_servers WHERE " + column + " IS NOT NULL";
            String begun = column + " LIKE 'realms:v1:%'";
            String wrong = "SELECT id FROM " + some + " AND " + column + " !~ " + SecretBox.SEALED_IN_SQL;
            String name = column.replace('_', '-');
            all.add(new Invariant(
                    name + "-sealed", "database_servers", some, finalized ? wrong : wrong + " AND " + begun));
            all.add(new Invariant(
                    name + "-key-known",
                    "database_servers",
                    "database_servers WHERE " + begun,
                    "SELECT id FROM database_servers WHERE " + begun + " AND NOT EXISTS"
                            + " (SELECT FROM migration.secret_keys WHERE secret_keys.id = substr(" + column
                            + ", 11, 8))"));
        }
        all.add(new Invariant(
                "answer-sealed",
                "idempotent_requests",
                "idempotent_requests WHERE body IS NOT NULL",
                "SELECT user_id AS id FROM idempotent_requests WHERE body !~ " + SecretBox.SEALED_IN_SQL));
        // A pre-realm key has no prefix and is plain until it is rotated or the migration is finalised.
        String ours = finalized
                ? ""
                : " AND (prefix IS NOT NULL OR key LIKE 'sha256:%' OR key ~ " + ApiKeyFormat.PRESENTED + ")";
        all.add(Invariant.ofRow(
                "key-hashed",
                "api_keys",
                "((key ~ %s) IS NOT TRUE%s) OR previous_key !~ %s".formatted(ApiKeyFormat.STORED, ours, HASH)));
        all.add(Invariant.ofRows(
                "key-unique",
                "api_keys",
                repeated(
                        "(SELECT id, api_key_hash(key) AS hash FROM api_keys UNION ALL SELECT id, previous_key FROM api_keys WHERE previous_key IS NOT NULL) AS k",
                        "hash")));
    }

    /** What a count counts is in the same realm, or it is found as a reference out of it. */
    private static Invariant documentCount() {
        return Invariant.ofRows("document-count", "databases", """
                SELECT d.id FROM databases d LEFT JOIN (
                    SELECT realm_id, database_id, count(*) AS n FROM documents GROUP BY realm_id, database_id) AS o
                  ON o.realm_id = d.realm_id AND o.database_id = d.id
                WHERE d.document_count IS DISTINCT FROM coalesce(o.n, 0)
                """);
    }

    /** Rows that agree in what should tell them apart. */
    private static String repeated(String rows, String key) {
        return "SELECT id FROM (SELECT id, count(*) OVER (PARTITION BY %s) AS same FROM %s) AS counted WHERE same > 1"
                .formatted(key, rows);
    }
}
