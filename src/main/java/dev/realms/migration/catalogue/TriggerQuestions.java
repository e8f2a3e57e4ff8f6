package dev.realms.migration.catalogue;

import static dev.realms.migration.catalogue.CatalogueQuestion.Asked.ALWAYS;
import static dev.realms.migration.catalogue.CatalogueQuestion.Asked.BEFORE_EXPANSION;
import static dev.realms.migration.catalogue.CatalogueQuestion.Asked.BEFORE_MIGRATION;
import static dev.realms.migration.catalogue.CatalogueQuestion.Weight.REFUSED;
import static dev.realms.migration.catalogue.CatalogueQuestion.Weight.REFUSED_UNLESS_IGNORED;
import static dev.realms.migration.catalogue.CatalogueQuestion.Weight.SUSPENDABLE;

import java.util.List;

/** Triggers of the installation's own. Of a function only its source is known; what it does by other functions is not seen. */
final class TriggerQuestions {

    /** That fire when a row gets its realm. */
    private static final String FIRES_ON_UPDATE =
            "relname IN ({owned}) AND tgtype & 16 <> 0 AND tgattr = ''::int2vector AND pg_get_triggerdef(t.oid) NOT LIKE '%realms.migration%'";

    private static final String ON_UPDATE = "tgconstraint = 0 AND " + FIRES_ON_UPDATE;

    /** Of those that are no constraint's: table, name, definition and whether it is on. */
    static final String TO_BE_SUSPENDED =
            "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(t.oid), tgenabled FROM {triggers} AS t WHERE "
                    + ON_UPDATE + " ORDER BY 1, 2";

    /** Whose functions name columns that get other names. To be formatted with which ones. */
    private static final String NAMES_RENAMED = """
            SELECT id FROM {triggers} AS t
            WHERE EXISTS (
              SELECT FROM {renamed columns} AS r
              WHERE attrelid = tgrelid AND %s
                AND (code ~ ('''' || attname || '''') AND strpos(code, new_name) = 0
                     OR attname = ANY (string_to_array(encode(tgargs, 'escape'), '\\000'))
                     OR CASE WHEN attname ~ '[A-Z]' THEN code ~ ('"' || attname || '"')
                             WHEN num_nulls(tgoldtable, tgnewtable) < 2 THEN code ~* ('\\m' || attname || '\\M')
                             ELSE code ~* ('\\m(new|old)\\s*[)]?\\s*[.]\\s*"?' || attname || '\\M')
                                  OR code ~* ('\\m(\\w+)\\s*:?=\\s*(new|old)\\s*;.*\\m\\1\\s*[.]\\s*"?' || attname || '\\M') END))
            """;

    // In tgtype: 1 for each row, 2 before, 4 insert, 16 update.
    static final List<CatalogueQuestion> ALL = List.of(
            new CatalogueQuestion(
                    "trigger-renamed-column",
                    BEFORE_EXPANSION,
                    REFUSED,
                    "Triggers whose functions name columns that get other names (userId becomes user_id): what the old application writes would be refused, or go past them."
                            + " Drop the trigger, or read the columns by to_jsonb(NEW), under either name",
                    NAMES_RENAMED.formatted("NOT starts_with(new_name, 'pre_realm_')")),
            new CatalogueQuestion(
                    "trigger-reads-database-name",
                    BEFORE_EXPANSION,
                    REFUSED_UNLESS_IGNORED,
                    "Triggers on databases whose functions use the name of a database or the count of its documents, or look as if they did: these columns become"
                            + " pre_realm_name and pre_realm_document_count, so that what the old application writes would be refused, or go past them. Drop the trigger, or"
                            + " read the columns by to_jsonb(NEW), under the new name and else the old one; ignore those that mean something else",
                    NAMES_RENAMED.formatted("starts_with(new_name, 'pre_realm_')")),
            new CatalogueQuestion(
                    "trigger-on-database-name",
                    BEFORE_MIGRATION,
                    REFUSED_UNLESS_IGNORED,
                    "Triggers on the name of a database (UPDATE OF name, or BEFORE with a condition on it): the service writes it to a column of its own, from which ours"
                            + " fills the old one, so that those would not fire for the service. Have them fire AFTER every update WHEN the name has changed, or"
                            + " ignore those that need to see the old application only",
                    """
                    SELECT id FROM {triggers} AS t JOIN pg_attribute ON attrelid = tgrelid
                    WHERE relname = 'databases' AND attname IN ('name', 'pre_realm_name') AND (tgtype & 2 <> 0 OR attnum = ANY (tgattr))
                      AND EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_trigger'::regclass AND objid = t.oid AND refobjid = tgrelid AND refobjsubid = attnum)
                    """),
            new CatalogueQuestion(
                    "trigger-of-whole-rows",
                    ALWAYS,
                    REFUSED_UNLESS_IGNORED,
                    "Triggers whose functions insert all columns of a row by position (INSERT … SELECT NEW.*), or return a variable of the table's row type: the tables"
                            + " get more columns, so that what the application writes would be refused. Name the columns there, or note the row as a whole"
                            + " (to_jsonb(NEW))",
                    """
                    SELECT id FROM {triggers} AS t,
                      -- Without what takes rows of any columns: to_jsonb(NEW.*), ROW(NEW.*)::text, NEW.* IS DISTINCT FROM OLD.*.
                      regexp_replace(code, '\\m(?!(values|row|select)\\M)\\w+\\s*[(]\\s*{row}\\s*[)]|(row\\s*)?[(]?\\s*{row}\\s*[)]?\\s*'
                        || '(::\\s*(text|varchar)|(=|<>|!=|is\\s+(not\\s+)?distinct\\s+from)\\s*(row\\s*)?[(]?\\s*{row})', ' ', 'gi') AS rest
                    WHERE rest ~* '{insert}(\\m(new|old)|[$]\\d+|::\\s*[\\w".]+){star}'
                       OR rest ~* '\\m(\\w+)\\s+record\\M.*\\m\\1\\s*:?=\\s*(new|old)\\s*;.*{insert}\\m\\1{star}'
                       OR rest ~* '\\mrow\\s*[(]\\s*{row}\\s*[)]\\s*(::|as\\s)'
                       OR rest ~* '\\minto\\s+(strict\\s+)?new\\M(?!\\s*[.])'
                       OR rest ~* ('\\m(\\w+)\\s+([\\w"]+\\s*[.]\\s*)?"?' || relname
                                   || '"?(\\s*%\\s*rowtype)?\\s*(;|:?=|default\\M).*(\\mreturn\\s+|\\mnew\\s*:?=\\s*)\\1\\s*;')
                       OR num_nulls(tgoldtable, tgnewtable) < 2 AND rest ~* '{insert}(\\m(select|all|distinct)\\s+[*]|[.,]\\s*[*]|\\mtable\\s)'
                    """.replace("{row}", "\\m(new|old)\\s*[.]\\s*[*]")
                            .replace("{star}", "\\s*[)]?\\s*[.]\\s*[*]")
                            .replace("{insert}", "\\m(insert\\s+into|merge\\s+into|set)\\s[^;]*")),
            new CatalogueQuestion(
                    "trigger-after-ours",
                    ALWAYS,
                    REFUSED,
                    "Triggers that set a row's owner or reference after our own has put the row into its realm, because their names come later:"
                            + " rename them (ALTER TRIGGER … RENAME TO a_…)",
                    """
                    SELECT id FROM {triggers} AS t JOIN pg_language AS l ON l.oid = prolang
                    WHERE relname IN ({owned}) AND tgtype & 3 = 3 AND tgtype & 20 <> 0 AND tgname > relname || '_realm_on_insert' COLLATE "C"
                      AND (code ~* '{begin}new\\s*[.]\\s*"?{owner}"?\\s*:?='
                           OR code ~* '{target}([\\w".]+\\s*,\\s*)*new\\s*[.]\\s*"?{owner}'
                           OR code ~* '\\m(call|get\\s+(current\\s+|stacked\\s+)?diagnostics)\\s[^;]*new\\s*[.]\\s*"?{owner}'
                           -- The row as a whole: NEW := NEW #= …, RETURN jsonb_populate_record(NEW, …).
                           OR code || encode(tgargs, 'escape') ~* '{owner}'
                              AND (lanname <> 'plpgsql' OR code ~* '{begin}new\\s*:?='
                                   OR code ~* '\\mreturn\\s+(?!\\s|(new|old|null|coalesce\\s*[(]\\s*(new|old)\\s*,\\s*(new|old)\\s*[)])\\s*;)')
                           OR code ~* '{target}new\\M(?!\\s*[.])' OR code ~* '{target}(?!new\\M)(\\w+)\\M.*\\mreturn\\s+\\3\\s*;')
                    """.replace("{owner}", "(user|server|database|document)_?id\\M")
                            .replace("{begin}", "(^|;|>>|\\m(begin|then|else|loop)\\M)\\s*")
                            .replace("{target}", "\\m(into\\s+(strict\\s+)?|for\\s+)")),
            new CatalogueQuestion(
                    "trigger-counts-documents",
                    BEFORE_MIGRATION,
                    REFUSED,
                    "Triggers that keep the number of documents, which the migrated database counts by itself: each would count twice. Drop them",
                    "SELECT id FROM {triggers} AS t WHERE relname IN ('documents', 'databases') AND code ~* 'document_?count'"),
            new CatalogueQuestion(
                    "trigger-on-update",
                    BEFORE_MIGRATION,
                    SUSPENDABLE,
                    "Triggers that fire when a row gets its realm: they would change, skip or note each row of the table once. Suspend them for the migration's"
                            + " own statements, or ignore those that may fire",
                    "SELECT id FROM {triggers} AS t WHERE " + ON_UPDATE),
            new CatalogueQuestion(
                    "constraint-trigger-on-update",
                    BEFORE_MIGRATION,
                    REFUSED_UNLESS_IGNORED,
                    "Constraint triggers that fire when a row gets its realm, once for each row of the table. They can't be suspended, as PostgreSQL can't replace them. Drop them"
                            + " meanwhile, give them the condition WHEN (current_setting('realms.migration', true) IS DISTINCT FROM 'on'), or ignore those that may fire",
                    "SELECT id FROM {triggers} AS t WHERE tgconstraint <> 0 AND " + FIRES_ON_UPDATE),
            new CatalogueQuestion(
                    "trigger-of-caller",
                    BEFORE_MIGRATION,
                    REFUSED_UNLESS_IGNORED,
                    "Triggers whose functions read or write with the rights and the search path of who writes a row, or name functions and types without their"
                            + " schema: the service has no rights on other tables, and sees the schema realms only. Make the functions SECURITY DEFINER, with a"
                            + " search_path of their own",
                    """
                    SELECT id FROM {triggers} AS t,
                      regexp_replace(code, '''[^'']*''', ' ', 'g') AS unquoted,
                      LATERAL (SELECT count(*) > 0 AS has_path FROM unnest(proconfig) AS setting WHERE starts_with(setting, 'search_path=')) AS path
                    WHERE NOT (prosecdef AND has_path)
                          AND unquoted ~* '\\m(insert\\s+into|update|delete\\s+from|select|perform|execute|nextval|currval|setval|lastval)\\M'
                       OR NOT has_path AND EXISTS (
                         SELECT FROM (SELECT proname AS name, pronamespace AS namespace, true AS is_function FROM pg_proc
                                      WHERE NOT EXISTS (SELECT FROM pg_proc AS p WHERE p.proname = pg_proc.proname AND p.pronamespace = 'pg_catalog'::regnamespace)
                                      UNION ALL SELECT typname, typnamespace, false FROM pg_type LEFT JOIN pg_class AS c ON c.oid = typrelid
                                      WHERE typelem = 0 AND coalesce(relkind, 'c') = 'c') AS named,
                           LATERAL regexp_replace(name, '(\\W)', '\\\\\\1', 'g') AS word
                         WHERE namespace::regnamespace::text !~ '^(pg_|information_schema)' AND namespace::regnamespace::text NOT IN ({our schemas})
                           AND CASE WHEN is_function THEN unquoted ~* ('(^|[^.\\w"])"?' || word || '\\M"?\\s*[(]')
                                    -- In quotes, or where only a type can be: a variable may have its name.
                                    WHEN name ~ '[^a-z0-9_]' THEN unquoted ~ ('(^|[^.])"' || word || '"')
                                    ELSE unquoted ~* ('(::|\\mas)\\s*' || word || '\\M|(^|;|\\mdeclare)\\s*\\w+\\s+(constant\\s+)?' || word || '\\s*(;|:=|\\mdefault|\\mnot)') END)
                    """));

    private TriggerQuestions() {}
}
