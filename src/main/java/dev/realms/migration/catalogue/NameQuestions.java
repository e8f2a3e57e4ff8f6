package dev.realms.migration.catalogue;

import static dev.realms.migration.catalogue.CatalogueQuestion.Asked.ALWAYS;
import static dev.realms.migration.catalogue.CatalogueQuestion.Asked.BEFORE_EXPANSION;
import static dev.realms.migration.catalogue.CatalogueQuestion.Weight.REFUSED;
import static dev.realms.migration.catalogue.CatalogueQuestion.Weight.REFUSED_UNLESS_IGNORED;

import java.util.List;

/** Whether our own things have a place in the database. */
final class NameQuestions {

    static final List<CatalogueQuestion> ALL = List.of(
            new CatalogueQuestion(
                    "name-taken",
                    BEFORE_EXPANSION,
                    REFUSED,
                    "Indexes, sequences, columns, constraints and triggers of the tables with names that realms need, also in the functions that read the tables: rename them",
                    """
                    SELECT format('index %I', i.relname) AS id FROM pg_index JOIN {tables} AS c ON c.oid = indrelid JOIN pg_class AS i ON i.oid = indexrelid
                    WHERE i.relname IN ({our relations})
                    UNION ALL
                    SELECT format('sequence %I', s.relname) FROM pg_class AS s JOIN pg_depend ON classid = 'pg_class'::regclass AND objid = s.oid
                    JOIN {tables} AS c ON refclassid = 'pg_class'::regclass AND refobjid = c.oid
                    WHERE s.relkind = 'S' AND deptype IN ('a', 'i') AND s.relname IN ({our relations})
                    UNION ALL
                    SELECT format('column %I.%I', relname, attname) FROM pg_attribute JOIN {tables} AS c ON c.oid = attrelid
                    WHERE NOT attisdropped AND (relname || '.' || attname IN ({our columns}) OR attname IN ({our variables}))
                    UNION ALL
                    SELECT format('constraint %I on %I', conname, relname) FROM pg_constraint JOIN {tables} AS c ON c.oid = conrelid
                    WHERE relname || '.' || conname IN ({our constraints})
                    UNION ALL
                    SELECT format('trigger %I on %I', tgname, relname) FROM pg_trigger JOIN {tables} AS c ON c.oid = tgrelid
                    WHERE NOT tgisinternal AND relname || '.' || tgname IN ({our triggers})
                    """),
            new CatalogueQuestion(
                    "no-create-right",
                    BEFORE_EXPANSION,
                    REFUSED,
                    "The schema's owner may make no schema there: GRANT CREATE ON DATABASE … TO …",
                    "SELECT current_database()::text AS id WHERE NOT has_database_privilege(current_database(), 'CREATE')"),
            new CatalogueQuestion(
                    "no-icu",
                    BEFORE_EXPANSION,
                    REFUSED,
                    "Names of realms are compared by a collation that is missing: use a PostgreSQL with ICU, or pg_import_system_collations",
                    "SELECT 'collation und-x-icu' AS id WHERE NOT EXISTS (SELECT FROM pg_collation WHERE collname = 'und-x-icu' AND"
                            + " collnamespace = 'pg_catalog'::regnamespace)"),
            new CatalogueQuestion(
                    "event-trigger",
                    ALWAYS,
                    REFUSED_UNLESS_IGNORED,
                    "Event triggers of the installation's own, which could refuse or change what the migration does with the schema half-way: disable"
                            + " them meanwhile, or ignore those that only look",
                    """
                    SELECT format('event trigger %I', evtname) AS id FROM pg_event_trigger
                    WHERE evtenabled IN ('O', 'A')
                      AND NOT EXISTS (SELECT FROM pg_depend WHERE deptype = 'e' AND (classid, objid) IN (('pg_event_trigger'::regclass, pg_event_trigger.oid),
                                                                                                      ('pg_proc'::regclass, evtfoid)))
                    """),
            new CatalogueQuestion(
                    "prisma-migration",
                    BEFORE_EXPANSION,
                    REFUSED,
                    "Migrations of Prisma that have begun and have not ended: finish them (prisma migrate deploy), or say how they ended (prisma migrate"
                            + " resolve)",
                    // Read through its own query: most databases have no such table.
                    """
                    SELECT unnest(xpath('/table/row/migration_name/text()', query_to_xml(
                      format('SELECT migration_name FROM %s WHERE finished_at IS NULL AND rolled_back_at IS NULL', c.oid::regclass), false, false, '')))::text AS id
                    FROM pg_class AS c
                    WHERE relname = '_prisma_migrations' AND relkind = 'r' AND relnamespace IN (SELECT relnamespace FROM {tables} AS t)
                      AND (SELECT count(*) FROM pg_attribute WHERE attrelid = c.oid AND attname IN ('migration_name', 'finished_at', 'rolled_back_at')) = 3
                    """));

    private NameQuestions() {}
}
