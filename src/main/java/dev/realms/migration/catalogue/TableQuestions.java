package dev.realms.migration.catalogue;

import static dev.realms.migration.catalogue.CatalogueQuestion.Asked.ALWAYS;
import static dev.realms.migration.catalogue.CatalogueQuestion.Asked.BEFORE_EXPANSION;
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
                    "too-many-columns",
                    BEFORE_EXPANSION,
                    REFUSED,
                    "Tables that have had so many columns that none of ours has a place: PostgreSQL allows 1,600, and those that were dropped count. Make the table anew (CREATE"
                            + " TABLE … LIKE, INSERT, RENAME)",
                    // Ours are twelve at most.
                    """
                    SELECT format('table %I', relname) AS id FROM {tables} AS c WHERE relnatts > 1600 - 12
                    """),
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
                      AND NOT {known column}
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
                      AND {known column}
                    """),
            new CatalogueQuestion(
                    "check-not-obeyed",
                    BEFORE_MIGRATION,
                    REFUSED,
                    "Checks that were not asked of old rows (NOT VALID) and that some do not obey: those rows could not be changed. Set them right, or drop the"
                            + " check",
                    // Of a column that may not be null, there is such a thing from PostgreSQL 18 on.
                    """
                    SELECT format('constraint %I on %I', conname, relname) AS id FROM pg_constraint AS k JOIN {tables} AS c ON c.oid = conrelid,
                      LATERAL (SELECT CASE contype WHEN 'c' THEN pg_get_expr(conbin, conrelid)
                                                   WHEN 'n' THEN (SELECT format('%I IS NOT NULL', attname) FROM pg_attribute WHERE attrelid = conrelid AND conkey = ARRAY[attnum])
                                                   END AS condition) AS v
                    WHERE contype IN ('c', 'n') AND NOT convalidated AND pg_get_constraintdef(k.oid) NOT LIKE '% NOT ENFORCED'
                      AND NOT (relname || '.' || conname IN ({our constraints}))
                      -- Only of the tables, which the owner may read.
                      AND CASE WHEN conrelid IN (SELECT oid FROM {tables} AS o)
                               THEN xpath_exists('/table/row', query_to_xml(format('SELECT FROM %s WHERE NOT (%s) LIMIT 1', conrelid::regclass, condition), false, false, ''))
                               END
                    """),
            new CatalogueQuestion(
                    "count-in-use",
                    BEFORE_MIGRATION,
                    REFUSED_UNLESS_IGNORED,
                    "What depends on the count of a database's documents, which the finalization sets right: a check could refuse it, a trigger or an"
                            + " expression fail. Drop it, or ignore what any count fits",
                    """
                    SELECT DISTINCT pg_describe_object(d.classid, d.objid, d.objsubid) AS id
                    FROM {tables} AS c JOIN pg_attribute AS a ON attrelid = c.oid AND attname IN ('document_count', 'documentCount', 'pre_realm_document_count')
                    JOIN pg_depend AS d ON refclassid = 'pg_class'::regclass AND refobjid = c.oid AND refobjsubid = attnum
                    WHERE c.relname = 'databases'
                      AND (classid = 'pg_constraint'::regclass AND EXISTS (
                             SELECT FROM pg_constraint AS k
                             WHERE k.oid = objid AND contype = 'c' AND NOT (c.relname || '.' || conname IN ({our constraints})))
                           OR classid = 'pg_class'::regclass AND EXISTS (
                                SELECT FROM pg_index WHERE indexrelid = objid AND (indexprs IS NOT NULL OR indpred IS NOT NULL))
                           OR classid = 'pg_attrdef'::regclass AND EXISTS (SELECT FROM pg_attrdef WHERE oid = objid AND adnum <> attnum)
                           OR classid = 'pg_trigger'::regclass AND NOT EXISTS (
                                SELECT FROM pg_trigger AS t JOIN pg_proc AS p ON p.oid = tgfoid JOIN pg_namespace AS n ON n.oid = pronamespace
                                WHERE t.oid = objid AND nspname IN ({our schemas})))
                    """),
            new CatalogueQuestion(
                    "function-without-path",
                    BEFORE_EXPANSION,
                    REFUSED_UNLESS_IGNORED,
                    "Functions behind indexes, checks, defaults and generated columns of the tables that use names without their schema: realms' sessions do not"
                            + " look there. Give them a path (ALTER FUNCTION … SET search_path), or ignore those that use PostgreSQL's own names only",
                    """
                    SELECT DISTINCT format('function %s', p.oid::regprocedure) AS id
                    FROM pg_depend AS d JOIN pg_proc AS p ON d.refclassid = 'pg_proc'::regclass AND d.refobjid = p.oid JOIN pg_language AS l ON l.oid = prolang
                    WHERE lanname IN ('sql', 'plpgsql') AND prosqlbody IS NULL
                      AND NOT EXISTS (SELECT FROM unnest(proconfig) AS setting WHERE starts_with(setting, 'search_path='))
                      AND ((d.classid = 'pg_class'::regclass AND d.objid IN (SELECT indexrelid FROM pg_index JOIN {tables} AS c ON c.oid = indrelid))
                           OR (d.classid = 'pg_constraint'::regclass AND d.objid IN (SELECT k.oid FROM pg_constraint AS k JOIN {tables} AS c ON c.oid = conrelid))
                           OR (d.classid = 'pg_attrdef'::regclass AND d.objid IN (SELECT f.oid FROM pg_attrdef AS f JOIN {tables} AS c ON c.oid = adrelid))
                           OR (d.classid = 'pg_statistic_ext'::regclass AND d.objid IN (SELECT s.oid FROM pg_statistic_ext AS s JOIN {tables} AS c ON c.oid = stxrelid)))
                      AND EXISTS (
                        SELECT FROM (SELECT proname AS name FROM pg_proc AS o WHERE o.oid <> p.oid AND pronamespace::regnamespace::text !~ '^(pg_|information_schema)'
                                     UNION SELECT relname FROM pg_class
                                     WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND relnamespace::regnamespace::text !~ '^(pg_|information_schema)') AS named
                        WHERE p.prosrc ~* ('\\m' || regexp_replace(named.name, '(\\W)', '\\\\\\1', 'g') || '\\M'))
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
                      AND NOT {known column}
                      AND relname || '.' || attname NOT IN ({our columns})
                      AND NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = c.oid AND contype = 'f' AND conkey = ARRAY[attnum])
                    """),
            new CatalogueQuestion(
                    "check-of-secret",
                    BEFORE_MIGRATION,
                    REFUSED_UNLESS_IGNORED,
                    "Checks of a column into which the service writes what the old application does not: the hash of a key, sealed credentials, a name that"
                            + " is made unique for the old application. Drop them, or ignore those that allow any text",
                    """
                    SELECT format('constraint %I on %I', conname, relname) AS id FROM pg_constraint JOIN {tables} AS c ON c.oid = conrelid
                    WHERE contype = 'c' AND NOT ({expanded} AND relname || '.' || conname IN ({our constraints}))
                      AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = conrelid AND attnum = ANY (conkey) AND relname || '.' || attname IN
                        ('api_keys.key', 'database_servers.password', 'database_servers.api_key', 'database_servers.apiKey', 'databases.name', 'databases.pre_realm_name'))
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
                    "Foreign keys that are switched off (DISABLE TRIGGER ALL), on either side: rows may refer to nothing, and the migration would make them again,"
                            + " switched on. ALTER TABLE … ENABLE TRIGGER ALL",
                    """
                    SELECT DISTINCT format('constraint %I on %s', conname, conrelid::regclass) AS id
                    FROM pg_trigger JOIN pg_constraint AS k ON k.oid = tgconstraint JOIN {tables} AS c ON c.oid = tgrelid OR c.oid = confrelid AND relname IN ({owned})
                    WHERE tgisinternal AND tgenabled <> 'O'
                    """));

    private TableQuestions() {}
}
