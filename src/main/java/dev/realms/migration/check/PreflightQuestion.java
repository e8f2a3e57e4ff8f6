package dev.realms.migration.check;

import dev.realms.apikey.ApiKeyFormat;
import dev.realms.migration.answer.CrossUserReference;
import dev.realms.migration.answer.PreflightAnswers;
import dev.realms.migration.answer.PreflightAnswers.Answer;
import dev.realms.migration.check.PreflightReport.PreflightFinding;
import dev.realms.realm.isolation.RealmTables;
import dev.realms.realm.isolation.probe.RowSecurityBypasses;
import dev.realms.security.secret.SecretBox;
import dev.realms.sql.FoundRows;
import dev.realms.user.Emails;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the preflight asks; each answers with a column {@code id}. The constraint that would be violated is behind each that blocks. */
enum PreflightQuestion {
    CROSS_USER_SERVER("Databases on the server of another user"),
    CROSS_USER_DATABASE("Documents in the database of another user"),
    CROSS_USER_DOCUMENT("Jobs on the document of another user"),
    EMAIL_CASE(
            true,
            "Users whose e-mail addresses differ in nothing but case",
            // As realms_doors.email_key has it, which is not there yet when the preflight looks at a database.
            "SELECT id FROM (SELECT id, count(*) OVER (PARTITION BY translate(normalize(email, NFC), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',"
                    + " 'abcdefghijklmnopqrstuvwxyz')) AS same FROM users) AS u WHERE same > 1"),
    EMAIL_UNREACHABLE(
            "Users with whose address nobody can sign in, because it has no @, characters that show nothing, or more than 254: whoever means it gets a"
                    + " second, empty account. Ignored, they stay as they are, and an administrator can give them an address later",
            "SELECT id FROM users WHERE char_length(email) > " + Emails.LONGEST + " OR email !~ '^" + Emails.SQL_PATTERN
                    + "$'",
            Answer.REFUSE,
            Answer.IGNORE),
    DANGLING_REFERENCE(
            true,
            "Rows that refer to a row or a user that is not there, as they are written past the foreign keys",
            Stream.concat(
                            CrossUserReference.ALL.stream()
                                    .map(reference ->
                                            dangling(reference.table(), reference.column(), reference.target())),
                            RealmTables.PRE_REALM.stream()
                                    .filter(table -> !table.equals("users"))
                                    .map(table -> dangling(table, "user_id", "users")))
                    .collect(Collectors.joining(" UNION ALL "))),
    ID_THAT_FITS_NO_RULE(
            "Rows whose id has other characters than A to Z, a to z, 0 to 9, _ and -, or more than 64: they have no place in the API. Ignored, they are moved and"
                    + " stay out of reach there",
            RealmTables.PRE_REALM.stream()
                    .map(
                            table -> "SELECT id FROM " + table
                                    + " WHERE pg_typeof(id)::text <> 'uuid' AND id::text COLLATE \"C\" !~ '^[A-Za-z0-9_-]{1,64}$'")
                    .collect(Collectors.joining(" UNION ALL ")),
            Answer.REFUSE,
            Answer.IGNORE),
    QUALITY_OUT_OF_RANGE(
            true,
            "Documents whose quality is no number from 0 to 1",
            "SELECT id FROM documents WHERE NOT quality BETWEEN 0 AND 1"),
    PERCENTAGE_OUT_OF_RANGE(
            true,
            "Jobs whose percentage is not from 0 to 100",
            "SELECT id FROM jobs WHERE NOT percentage BETWEEN 0 AND 100"),
    END_BEFORE_START(true, "Jobs that end before they start", "SELECT id FROM jobs WHERE end_date < start_date"),
    END_MISSING(
            true,
            "Jobs that have ended and do not say when",
            "SELECT id FROM jobs WHERE end_date IS NULL AND status IN ('FINISHED', 'FAILED', 'CANCELLED')"),
    LOOKS_LIKE_OURS(
            true,
            "API keys, and credentials of servers, that begin like what the service writes in their place (sha256:, rlm_, realms:v1:) and are none: nobody could use them any more."
                    + " Give them other values",
            // Whoever sees them whole knows them as ours.
            "SELECT id FROM api_keys WHERE key LIKE 'sha256:%' AND key !~ " + ApiKeyFormat.STORED + " OR key ~ "
                    + ApiKeyFormat.PRESENTED
                    + " UNION ALL SELECT id FROM database_servers, LATERAL (VALUES (password), (api_key)) AS c (credential)"
                    + " WHERE c.credential LIKE 'realms:v1:%' AND c.credential !~ " + SecretBox.SEALED_IN_SQL),
    DOCUMENT_COUNT(
            false,
            "Databases whose document count is wrong; it will be set right",
            // Until a row has its realm, the count that it shows is under its old name, once it is taken over.
            "SELECT id FROM (SELECT d.id, CASE WHEN to_jsonb(d.*) ->> 'realm_id' IS NULL THEN coalesce((to_jsonb(d.*) ->>"
                    + " 'pre_realm_document_count')::int, d.document_count) ELSE d.document_count END AS stored, coalesce(o.n, 0) AS counted"
                    + " FROM databases AS d LEFT JOIN (SELECT database_id, count(*) AS n FROM documents GROUP BY database_id) AS o"
                    + " ON o.database_id = d.id) AS c WHERE stored <> counted"),
    OPEN_TO_EVERYBODY(
            true,
            "Views, foreign tables and SECURITY DEFINER functions that everybody may use and that read rows of all realms",
            "SELECT id FROM (" + RowSecurityBypasses.of(RowSecurityBypasses.EVERYBODY, Schema.TABLES) + ") AS b"),
    PUBLICATION_COLUMNS(
            true,
            "Publications (publication.table) whose column list has no realm: every UPDATE and DELETE of the table would fail once the realm is in its key"
                    + " (publish the table without a column list)",
            "SELECT pubname || '.' || relname AS id FROM pg_publication_rel AS r JOIN pg_publication AS p ON p.oid = prpubid JOIN"
                    + " pg_constraint AS k ON conrelid = prrelid JOIN pg_class AS c ON c.oid = prrelid WHERE contype = 'p' AND k.oid IN ("
                    + ReplacedKeys.SQL
                    + ") AND prattrs IS NOT NULL AND (pubupdate OR pubdelete) AND NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid ="
                    + " prrelid AND attname = 'realm_id' AND attnum = ANY (prattrs))"),
    KEY_IN_USE(
            true,
            "What depends on a key that the contract replaces: foreign keys to another column than the id (drop them), views and functions that group by"
                    + " the primary key alone (make them with all columns in GROUP BY)",
            "SELECT DISTINCT pg_describe_object(classid, objid, 0) AS id FROM pg_depend WHERE refclassid = 'pg_constraint'::regclass AND refobjid IN ("
                    + ReplacedKeys.SQL
                    + ") AND classid <> 'pg_class'::regclass AND NOT (classid = 'pg_constraint'::regclass AND EXISTS (SELECT FROM pg_constraint AS f"
                    + " WHERE f.oid = objid AND f.contype = 'f')) UNION SELECT pg_describe_object('pg_constraint'::regclass, f.oid, 0) FROM"
                    + " pg_constraint AS f JOIN pg_class AS c ON c.oid = confrelid WHERE f.contype = 'f' AND conparentid = 0 AND NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = conrelid AND attnum = ANY (conkey) AND attname = 'realm_id')"
                    + " AND relnamespace = " + Schema.TABLES + " AND relname IN ("
                    + RealmTables.literals(RealmTables.OWNED)
                    + ") AND NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = confrelid AND ARRAY[attnum] = confkey AND attname = 'id')"),
    INDEX_TABLESPACE(
            false,
            "Indexes of keys in a tablespace of their own; the contract and a rollback build others, in the default one",
            "SELECT conname AS id FROM pg_constraint JOIN pg_class AS i ON i.oid = conindid WHERE reltablespace <> 0"
                    + " AND connamespace = " + Schema.TABLES + " AND conname IN ("
                    + ReplacedKeys.NAMES
                    + ")"),
    // The start of another role's transaction is hidden from a role that may not read all statistics; its snapshot is
    // not.
    OLD_SNAPSHOT(
            false,
            "Sessions (pid) whose transaction is older than a minute; building indexes waits for them, and they bloat the tables",
            "SELECT pid AS id FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
                    + " AND (xact_start < now() - interval '1 minute' OR age(backend_xmin) > 100000)"),
    PREPARED_TRANSACTION(
            false,
            "Prepared transactions that nobody has ended; building indexes waits for them",
            "SELECT transaction::text AS id FROM pg_prepared_xacts WHERE database = current_database()");

    /** How many rows of a finding a report names. */
    private static final int NAMED_ROWS = 20;

    private final String description;
    private final String sql;
    private final List<Answer> answers;

    /** @param answers the default first */
    PreflightQuestion(String description, String sql, Answer... answers) {
        this.description = description;
        this.sql = sql;
        this.answers = List.of(answers);
    }

    /** @param blocks what can only be set right by somebody who knows what is true can't be ignored */
    PreflightQuestion(boolean blocks, String description, String sql) {
        this(description, sql, blocks ? new Answer[] {Answer.REFUSE} : new Answer[] {Answer.IGNORE, Answer.REFUSE});
    }

    /** About references, of which {@link CrossUserReference} knows. */
    PreflightQuestion(String description) {
        this(description, null, Answer.REFUSE, Answer.DETACH, Answer.REASSIGN);
    }

    static Optional<PreflightQuestion> find(String code) {
        return Arrays.stream(values())
                .filter(question -> question.code().equals(code))
                .findFirst();
    }

    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The default first. */
    List<Answer> answers() {
        return answers;
    }

    /**
     * Asks the database.
     *
     * @param names what a query begins with, so that it finds the tables
     * @param ledger whether the database has one
     * @return with a count of 0 where nothing was found
     */
    PreflightFinding ask(Connection connection, String names, boolean ledger, PreflightAnswers given)
            throws SQLException {
        String query =
                names + reference().map(reference -> reference.question(ledger)).orElse(sql);
        return PreflightFinding.of(code(), description, answers(), FoundRows.of(connection, query, NAMED_ROWS), given);
    }

    private static String dangling(String table, String column, String target) {
        return "SELECT t.id FROM %1$s AS t WHERE t.%2$s IS NOT NULL AND NOT EXISTS (SELECT FROM %3$s AS r WHERE r.id = t.%2$s)"
                .formatted(table, column, target);
    }

    private Optional<CrossUserReference> reference() {
        return CrossUserReference.ALL.stream()
                .filter(reference -> reference.finding().equals(code()))
                .findFirst();
    }

    /** Where the tables are: before they are taken over it is the installation's. {@link Preflight} sets it. */
    private static final class Schema {

        static final String TABLES = "current_setting('realms.schema')::regnamespace";
    }

    /** What the contract drops and makes again with the realm in it. */
    private static final class ReplacedKeys {

        static final String NAMES =
                "'database_servers_pkey', 'databases_pkey', 'documents_pkey', 'jobs_pkey', 'api_keys_pkey',"
                        + " 'databases_name_user_id_key', 'api_keys_key_key'";

        /** Those that it has not replaced yet. */
        static final String SQL =
                "SELECT oid FROM pg_constraint WHERE connamespace = " + Schema.TABLES + " AND (contype = 'u' OR"
                        + " contype = 'p' AND cardinality(conkey) = 1) AND conname IN (" + NAMES + ")";
    }
}
