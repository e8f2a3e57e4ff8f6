package dev.realms.migration.catalogue;

import static dev.realms.migration.catalogue.CatalogueQuestion.Asked.ALWAYS;
import static dev.realms.migration.catalogue.CatalogueQuestion.Asked.BEFORE_EXPANSION;
import static dev.realms.migration.catalogue.CatalogueQuestion.Asked.BEFORE_MIGRATION;
import static dev.realms.migration.catalogue.CatalogueQuestion.Weight.REFUSED;
import static dev.realms.migration.catalogue.CatalogueQuestion.Weight.REFUSED_UNLESS_IGNORED;

import java.util.List;

/** What others have made of the tables: rules, views, functions, types. */
final class DependentQuestions {

    static final List<CatalogueQuestion> ALL = List.of(
            new CatalogueQuestion(
                    "reference-among-tables",
                    BEFORE_EXPANSION,
                    REFUSED,
                    "References of the installation's own from one of the tables to the id of another: they could lead into another realm. Drop them",
                    """
                    SELECT format('constraint %I on %I', conname, c.relname) AS id FROM pg_constraint JOIN {tables} AS c ON c.oid = conrelid JOIN {tables} AS t ON t.oid = confrelid
                    WHERE contype = 'f' AND t.relname IN ({owned})
                      AND NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = conrelid AND conkey = ARRAY[attnum]
                                        AND c.relname || '.' || attname IN ('databases.server_id', 'databases.serverId', 'documents.database_id',
                                                                            'documents.databaseId', 'jobs.document_id', 'jobs.documentId'))
                    """),
            new CatalogueQuestion(
                    "reference-out-of-reach",
                    BEFORE_EXPANSION,
                    REFUSED,
                    "References to the tables from partitioned tables, or from tables of a role that the owner may not act as: the migration could not keep them"
                            + " while the keys change. Drop them, and make them again after it",
                    """
                    SELECT format('constraint %I on %I', conname, c.relname) AS id FROM pg_constraint JOIN pg_class AS c ON c.oid = conrelid JOIN {tables} AS t ON t.oid = confrelid
                    WHERE contype = 'f' AND conparentid = 0 AND t.relname IN ({owned}) AND (c.relkind = 'p' OR NOT pg_has_role(c.relowner, 'USAGE'))
                    """),
            new CatalogueQuestion(
                    "dangling-reference-of-others",
                    BEFORE_MIGRATION,
                    REFUSED,
                    "References of other tables to the tables' ids, some of whose rows refer to nothing: the migration makes such a reference again when the keys"
                            + " change, and PostgreSQL would refuse it. Set the rows right",
                    // Of a table that may not be read another question tells.
                    """
                    SELECT format('constraint %I on %s', conname, conrelid::regclass) AS id
                    FROM pg_constraint JOIN {tables} AS c ON c.oid = confrelid JOIN pg_attribute AS a ON a.attrelid = conrelid AND conkey = ARRAY[a.attnum]
                      JOIN pg_attribute AS t ON t.attrelid = confrelid AND confkey = ARRAY[t.attnum],
                      LATERAL format('SELECT FROM %s AS r WHERE r.%I IS NOT NULL AND NOT EXISTS (SELECT FROM %s AS t WHERE t.%I = r.%2$I) LIMIT 1',
                                     conrelid::regclass, a.attname, confrelid::regclass, t.attname) AS dangling
                    WHERE contype = 'f' AND convalidated AND c.relname IN ({owned}) AND conrelid NOT IN (SELECT oid FROM {tables} AS o)
                      AND CASE WHEN has_table_privilege(conrelid, 'SELECT') THEN xpath_exists('/table/row', query_to_xml(dangling, false, false, '')) END
                    """),
            new CatalogueQuestion(
                    "rule",
                    ALWAYS,
                    REFUSED,
                    "Rules on the tables, which do something else than what is asked for, or more",
                    """
                    SELECT format('rule %I on %I', rulename, relname) AS id FROM pg_rewrite JOIN {tables} AS c ON c.oid = ev_class
                    """),
            new CatalogueQuestion(
                    "row-type-in-use",
                    ALWAYS,
                    REFUSED,
                    "Functions, columns, types and casts that use a table's rows as their type: the rows get columns, so the table could not be changed, or the"
                            + " function would not fit any more. Name the columns there",
                    """
                    SELECT DISTINCT pg_describe_object(classid, objid, objsubid) AS id FROM {tables} AS c JOIN pg_type AS t ON t.typrelid = c.oid
                    JOIN pg_depend AS d ON refclassid = 'pg_type'::regclass AND refobjid IN (t.oid, t.typarray) AND deptype <> 'i'
                    WHERE (classid = 'pg_class'::regclass AND objid IN (SELECT oid FROM pg_class WHERE relkind <> 'v')
                           OR classid IN ('pg_proc'::regclass, 'pg_type'::regclass, 'pg_cast'::regclass, 'pg_operator'::regclass))
                      AND NOT (classid = 'pg_proc'::regclass AND objid IN (
                        SELECT p.oid FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = pronamespace WHERE nspname IN ({our schemas})))
                    """),
            new CatalogueQuestion(
                    "view-of-another-owner",
                    BEFORE_MIGRATION,
                    REFUSED_UNLESS_IGNORED,
                    "Views, and rules of other tables, that read the tables as a role which does not own them: row-level security would show nothing there. Give the"
                            + " view, or the table with the rule, to the owner of the tables",
                    """
                    SELECT DISTINCT format(CASE WHEN v.relkind IN ('v', 'm') THEN 'view %2$s' ELSE 'rule %1$I on %2$s' END, rulename, v.oid::regclass) AS id
                    FROM {tables} AS c
                    JOIN pg_depend AS d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid AND d.classid = 'pg_rewrite'::regclass
                    JOIN pg_rewrite AS r ON r.oid = d.objid JOIN pg_class AS v ON v.oid = ev_class
                    WHERE v.oid NOT IN (SELECT oid FROM {tables} AS t)
                      AND (NOT {unbound v.relowner}
                           OR EXISTS (SELECT FROM pg_options_to_table(v.reloptions) WHERE option_name = 'security_invoker' AND option_value::boolean)
                              AND EXISTS (SELECT FROM aclexplode(v.relacl) AS a JOIN pg_roles AS g ON a.grantee IN (0, g.oid)
                                          WHERE privilege_type = 'SELECT' AND rolname NOT IN ({runtime}, 'pg_read_all_data') AND NOT {unbound g.oid}
                                            AND has_any_column_privilege(g.oid, c.oid, 'SELECT')))
                    """),
            new CatalogueQuestion(
                    "policy-of-another-table",
                    BEFORE_MIGRATION,
                    REFUSED_UNLESS_IGNORED,
                    "Policies of other tables that read the tables themselves, with the rights of whoever the policy binds: row-level security would refuse it. Have the policy"
                            + " ask a SECURITY DEFINER function of the tables' owner, with the query as a text and a search_path, which those roles alone may call, or ignore policies of roles that own the tables",
                    """
                    SELECT DISTINCT format('policy %I on %s', polname, p.oid::regclass) AS id FROM {tables} AS c
                    JOIN pg_depend ON refclassid = 'pg_class'::regclass AND refobjid = c.oid AND classid = 'pg_policy'::regclass
                    JOIN pg_policy AS y ON y.oid = objid JOIN pg_class AS p ON p.oid = polrelid
                    WHERE c.relname IN ({owned}, 'user_settings') AND p.relrowsecurity AND p.oid NOT IN (SELECT oid FROM {tables} AS t)
                      AND p.relnamespace::regnamespace::text NOT IN ({our schemas})
                    """),
            new CatalogueQuestion(
                    "function-of-caller",
                    BEFORE_MIGRATION,
                    REFUSED_UNLESS_IGNORED,
                    "Functions with an SQL body that read the tables themselves, as a role which does not own them: row-level security would let them find"
                            + " nothing. Make them SECURITY DEFINER functions of the tables' owner, or ignore those that only the owner calls",
                    """
                    SELECT DISTINCT format('function %s', p.oid::regprocedure) AS id FROM {tables} AS c
                    JOIN pg_depend AS d ON refclassid = 'pg_class'::regclass AND refobjid = c.oid AND classid = 'pg_proc'::regclass
                    JOIN pg_proc AS p ON p.oid = objid JOIN pg_namespace AS n ON n.oid = pronamespace
                    WHERE nspname NOT IN ({our schemas})
                      AND (NOT prosecdef OR NOT {unbound proowner})
                    """));

    private DependentQuestions() {}
}
