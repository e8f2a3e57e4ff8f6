package dev.realms.migration.catalogue;

import static dev.realms.migration.catalogue.CatalogueQuestion.Asked.ALWAYS;
import static dev.realms.migration.catalogue.CatalogueQuestion.Asked.BEFORE_EXPANSION;
import static dev.realms.migration.catalogue.CatalogueQuestion.Asked.BEFORE_MIGRATION;
import static dev.realms.migration.catalogue.CatalogueQuestion.Weight.MENTIONED;
import static dev.realms.migration.catalogue.CatalogueQuestion.Weight.REFUSED_UNLESS_IGNORED;

import java.util.List;

/** Where rows of the tables go to, and come from, without an application. */
final class ReplicationQuestions {

    static final List<CatalogueQuestion> ALL = List.of(
            new CatalogueQuestion(
                    "published-table",
                    BEFORE_EXPANSION,
                    REFUSED_UNLESS_IGNORED,
                    "Publications (publication.table): whoever follows them knows a table by its schema, which it leaves. End the subscriptions, or ignore where"
                            + " they can follow",
                    """
                    SELECT DISTINCT format('%I.%I', pubname, relname) AS id FROM pg_publication AS p JOIN {tables} AS c
                      ON puballtables
                      OR EXISTS (SELECT FROM pg_publication_rel WHERE prpubid = p.oid AND prrelid = c.oid)
                      OR EXISTS (SELECT FROM pg_publication_namespace WHERE pnpubid = p.oid AND pnnspid = relnamespace)
                    """),
            new CatalogueQuestion(
                    "subscription",
                    ALWAYS,
                    REFUSED_UNLESS_IGNORED,
                    "Subscriptions of this database: they write into tables under their old names and past triggers. Drop them, or ignore those that write"
                            + " into other tables",
                    "SELECT format('subscription %I', subname) AS id FROM pg_subscription WHERE subdbid = (SELECT oid FROM pg_database WHERE"
                            + " datname = current_database())"),
            new CatalogueQuestion(
                    "idle-slot",
                    BEFORE_MIGRATION,
                    MENTIONED,
                    "Replication slots that nobody reads: PostgreSQL keeps all that the migration writes for them, until the disk is full",
                    """
                    SELECT format('slot %I', slot_name) AS id FROM pg_replication_slots
                    WHERE NOT active AND restart_lsn IS NOT NULL AND (database IS NULL OR database = current_database())
                    """));

    private ReplicationQuestions() {}
}
