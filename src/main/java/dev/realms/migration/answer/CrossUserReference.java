package dev.realms.migration.answer;

import java.util.List;

/**
 * Rows of a table that refer to another user's row. One of them <em>hangs on</em> what it refers to where that was handed from the row's
 * user to another: then it goes there, too, whatever the answer about its own table is.
 *
 * @param finding the code of the finding that is about them
 * @param column of {@code table}; refers to {@code target}
 * @param standIn the id of what takes the place of the other user's row {@code r} for the row {@code t}
 * @param make makes it; an INSERT for what {@code portion} holds
 * @param suffix what has to be put behind the name of a row that goes to another user
 */
public record CrossUserReference(
        String finding, String table, String column, String target, String standIn, String make, String suffix) {

    /** Stands for the type that ids have. */
    static final String ID_TYPE = "{id}";

    /** Stands for the type that states of documents have. */
    static final String STATE_TYPE = "{state}";

    private static final String NO_SUFFIX = "''";

    /** What is referred to comes first, so that what hangs on it can follow. */
    public static final List<CrossUserReference> ALL = List.of(
            new CrossUserReference(
                    "cross-user-server",
                    "databases",
                    "server_id",
                    "database_servers",
                    idOf("t.user_id, r.id, t.realm_id"),
                    """
                    INSERT INTO database_servers (id, name, type, host, port, database, collection, user_id, realm_id, updated_at)
                    SELECT DISTINCT ON (stand_in) p.stand_in, s.name, s.type, s.host, s.port, s.database, s.collection, p.user_id, p.realm_id, now()
                    FROM portion AS p JOIN database_servers AS s ON s.id = p.target_id
                    ON CONFLICT DO NOTHING RETURNING id
                    """,
                    """
                    CASE WHEN EXISTS (SELECT FROM databases AS same WHERE same.user_id = r.user_id AND same.pre_realm_name = t.pre_realm_name)
                           OR row_number() OVER (PARTITION BY r.user_id, t.pre_realm_name ORDER BY t.id) > 1
                         THEN ' (' || CASE WHEN t.id::text ~ '^[0-9a-f]{8}-[0-9a-f]{4}-' THEN left(t.id::text, 8) ELSE t.id::text END || ')' ELSE '' END
                    """),
            new CrossUserReference(
                    "cross-user-database",
                    "documents",
                    "database_id",
                    "databases",
                    "NULL::" + ID_TYPE,
                    "SELECT NULL::" + ID_TYPE + " AS id WHERE false",
                    NO_SUFFIX),
            // Its state keeps everybody from ingesting what was never there.
            new CrossUserReference(
                    "cross-user-document",
                    "jobs",
                    "document_id",
                    "documents",
                    idOf("t.user_id, r.id, t.realm_id, t.document_name, t.document_type"),
                    """
                    INSERT INTO documents (id, name, type, state, user_id, realm_id, updated_at)
                    SELECT DISTINCT ON (stand_in) p.stand_in, j.document_name, j.document_type, 'DEPRECATED'::{state}, p.user_id, p.realm_id, now()
                    FROM portion AS p JOIN jobs AS j ON j.id = p.id
                    ON CONFLICT DO NOTHING RETURNING id
                    """,
                    NO_SUFFIX));

    /** All of them, those that hang on what they refer to included; {@code t} is the row and {@code r} what it refers to. */
    String rows() {
        return "%1$s AS t JOIN %2$s AS r ON r.id = t.%3$s WHERE r.user_id <> t.user_id"
                .formatted(table, target, column);
    }

    /** The code of the finding by which {@code r} was handed over, if {@code t} hangs on it. */
    String handedOverBy() {
        return """
                SELECT l.finding FROM migration.ledger AS l
                WHERE l.table_name = '%s' AND l.row_id = r.id AND l.column_name = 'user_id'
                  AND l.old_value = t.user_id::text AND l.new_value = r.user_id::text""".formatted(target);
    }

    /** The ids of those that somebody has to answer for. @param ledger whether there is one */
    public String question(boolean ledger) {
        return "SELECT t.id FROM " + rows() + (ledger ? " AND NOT EXISTS (" + handedOverBy() + ")" : "");
    }

    boolean hasSuffix() {
        return !suffix.equals(NO_SUFFIX);
    }

    /** Like any id, of version 4, but the same for the same things. */
    private static String idOf(String things) {
        return ("overlay(overlay(left(encode(sha256(convert_to(concat_ws('|', %s), 'UTF8')), 'hex'), 32)"
                        + " PLACING '4' FROM 13) PLACING '8' FROM 17)::uuid::" + ID_TYPE)
                .formatted(things);
    }
}
