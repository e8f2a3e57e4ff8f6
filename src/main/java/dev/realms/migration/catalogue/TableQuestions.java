package dev.realms.migration.catalogue;

import static dev.realms.migration.catalogue.CatalogueQuestion.Asked.ALWAYS;
import static dev.realms.migration.catalogue.CatalogueQuestion.Asked.BEFORE_MIGRATION;
import static dev.realms.migration.catalogue.CatalogueQuestion.Weight.MENTIONED;
import static dev.realms.migration.catalogue.CatalogueQuestion.Weight.REFUSED;
import static dev.realms.migration.catalogue.CatalogueQuestion.Weight.REFUSED_UNLESS_IGNORED;

import java.util.List;

/** What the tables themselves are, with their columns, constraints and indexes. */
final class TableQuestions {

    static final List<CatalogueQuestion> ALL = List.of(
            new CatalogueQuestion(
                    "typed-table",
                    ALWAYS,
                    REFUSED,
                    "Tables of a type, which can get no column: ALTER TABLE … NOT OF",
                    "SELECT format('table %I', relname) AS id FROM {tables} AS c WHERE reloftype <> 0"),
            new CatalogueQuestion(
                    "unlogged-table",
                    ALWAYS,
                    REFUSED,
                    "Unlogged tables: a crash empties them, and nothing that lasts may refer to them (ALTER TABLE … SET LOGGED)",
                    "SELECT format('table %I', relname) AS id FROM {tables} AS c WHERE relpersistence = 'u'"),
            new CatalogueQuestion(
                    "table-access-method",
                    ALWAYS,
                    REFUSED_UNLESS_IGNORED,
                    "Tables that are not stored as PostgreSQL's own: rows may not be updated as fast as this, or not at all",
                    "SELECT format('table %I', relname) AS id FROM {tables} AS c JOIN pg_am AS a ON a.oid = relam WHERE amname <> 'heap'"),
            new CatalogueQuestion(
                    "extension-member",
                    ALWAYS,
                    REFUSED,
                    "Tables that belong to an extension, which allows nobody else to change them (ALTER EXTENSION … DROP TABLE …)",
                    """
                    SELECT format('table %I', relname) AS id FROM {tables} AS c
                    WHERE EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e')
                    """),
            new CatalogueQuestion(
                    "column-without-default",
                    ALWAYS,
                    REFUSED,
                    "Columns that realms do not know, may not be null and have no default: every row that the service writes would be refused",
                    """
                    SELECT format('column %I.%I', relname, attname) AS id FROM pg_attribute AS a JOIN {tables} AS c ON c.oid = attrelid
                    JOIN pg_type AS t ON t.oid = atttypid
                    WHERE attnum > 0 AND NOT attisdropped AND (attnotnull OR typnotnull) AND NOT atthasdef AND attidentity = '' AND typdefault IS NULL
                      AND relname || '.' || lower(regexp_replace(attname, '([A-Z])', '_\\1', 'g')) NOT IN ({columns})
                      AND relname || '.' || attname NOT IN ({our columns})
                    """),
            new CatalogueQuestion(
                    "computed-column",
                    ALWAYS,
                    REFUSED,
                    "Columns that PostgreSQL fills by itself and nobody may write (GENERATED), where the service writes them",
                    """
                    SELECT format('column %I.%I', relname, attname) AS id FROM pg_attribute JOIN {tables} AS c ON c.oid = attrelid
                    WHERE attnum > 0 AND NOT attisdropped AND (attgenerated <> '' OR attidentity = 'a')
                      AND relname || '.' || lower(regexp_replace(attname, '([A-Z])', '_\\1', 'g')) IN ({columns})
                    """),
            new CatalogueQuestion(
                    "column-of-ids",
                    BEFORE_MIGRATION,
                    REFUSED,
                    "Columns of ids (uuid) that realms do not know and no foreign key explains: the isolation audit could not tell whether they lead into"
                            + " another realm. Give them a foreign key, or another type",
                    """
                    SELECT format('column %I.%I', relname, attname) AS id FROM pg_attribute AS a JOIN {tables} AS c ON c.oid = attrelid
                    WHERE relname IN ({owned}) AND attnum > 0 AND NOT attisdropped AND atttypid = 'uuid'::regtype
                      AND relname || '.' || lower(regexp_replace(attname, '([A-Z])', '_\\1', 'g')) NOT IN ({columns})
                      AND relname || '.' || attname NOT IN ({our columns})
                      AND NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = c.oid AND contype = 'f' AND conkey = ARRAY[attnum])
                    """),
            new CatalogueQuestion(
                    "check-of-secret",
                    BEFORE_MIGRATION,
                    REFUSED_UNLESS_IGNORED,
                    "Checks of a column into which the service writes what the old application does not: the hash of a key, sealed credentials, a name that"
                            + " a rollback makes unique. Drop them, or ignore those that allow any text",
                    """
                    SELECT format('constraint %I on %I', conname, relname) AS id FROM pg_constraint JOIN {tables} AS c ON c.oid = conrelid
                    WHERE contype = 'c' AND NOT ({expanded} AND relname || '.' || conname IN ({our constraints}))
                      AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = conrelid AND attnum = ANY (conkey) AND relname || '.' || attname IN
                        ('api_keys.key', 'database_servers.password', 'database_servers.api_key', 'database_servers.apiKey', 'databases.name'))
                    """),
            new CatalogueQuestion(
                    "unique-across-realms",
                    BEFORE_MIGRATION,
                    MENTIONED,
                    "Unique indexes of the installation's own that do not know of realms: what is unique there stays so across all realms",
                    """
                    SELECT format('index %I', i.relname) AS id FROM pg_index JOIN {tables} AS c ON c.oid = indrelid JOIN pg_class AS i ON i.oid = indexrelid
                    WHERE c.relname IN ({owned}) AND indisunique AND NOT indisprimary
                      AND i.relname NOT IN ('databases_name_user_id_key', 'databases_name_userId_key', 'api_keys_key_key')
                      AND NOT ({expanded} AND i.relname IN ({our relations}))
                    """),
            new CatalogueQuestion(
                    "disabled-reference",
                    BEFORE_MIGRATION,
                    REFUSED,
                    "Foreign keys that are switched off (DISABLE TRIGGER ALL): rows may refer to nothing (ALTER TABLE … ENABLE TRIGGER ALL)",
                    """
                    SELECT DISTINCT format('constraint %I on %I', conname, conrelid::regclass) AS id
                    FROM pg_trigger JOIN {tables} AS c ON c.oid = tgrelid JOIN pg_constraint AS k ON k.oid = tgconstraint
                    WHERE tgisinternal AND tgenabled <> 'O'
                    """));

    private TableQuestions() {}
}
