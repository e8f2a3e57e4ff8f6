package dev.realms.migration.catalogue;

import static dev.realms.migration.catalogue.CatalogueQuestion.Asked.ALWAYS;
import static dev.realms.migration.catalogue.CatalogueQuestion.Asked.BEFORE_EXPANSION;
import static dev.realms.migration.catalogue.CatalogueQuestion.Asked.BEFORE_MIGRATION;
import static dev.realms.migration.catalogue.CatalogueQuestion.Weight.MENTIONED;
import static dev.realms.migration.catalogue.CatalogueQuestion.Weight.REFUSED;
import static dev.realms.migration.catalogue.CatalogueQuestion.Weight.REFUSED_UNLESS_IGNORED;

import java.util.List;

/** What roles and the database allow, and what they set for every session. */
final class RoleQuestions {

    static final List<CatalogueQuestion> ALL = List.of(
            new CatalogueQuestion(
                    "runtime-role",
                    ALWAYS,
                    REFUSED,
                    "The runtime role can do what row-level security must keep from it: it is a superuser, bypasses row-level security, reads or writes all data, or owns a table or"
                            + " database or is a member of a role that does. Take another role",
                    """
                    SELECT format('role %I', rolname) AS id FROM pg_roles AS r
                    WHERE rolname = {runtime}
                      AND (rolsuper OR rolbypassrls OR pg_has_role(oid, 'pg_read_all_data', 'MEMBER') OR pg_has_role(oid, 'pg_write_all_data', 'MEMBER') OR EXISTS (SELECT FROM {tables} AS c WHERE pg_has_role(r.oid, relowner, 'MEMBER'))
                           OR EXISTS (SELECT FROM pg_database WHERE datname = current_database() AND pg_has_role(r.oid, datdba, 'MEMBER')))
                    """),
            new CatalogueQuestion(
                    "open-to-runtime-role",
                    ALWAYS,
                    REFUSED,
                    "Rights on the tables that the runtime role has as everybody (PUBLIC) or as a member of another role: the views for the old application"
                            + " would show it the rows of all realms. Give the rights to the roles that need them",
                    """
                    SELECT DISTINCT format('%s to %s', c.oid::regclass, CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END) AS id
                    FROM pg_class AS c,
                      LATERAL (SELECT grantee FROM aclexplode(relacl)
                               UNION SELECT grantee FROM pg_attribute, aclexplode(attacl) WHERE attrelid = c.oid AND NOT attisdropped) AS a
                    WHERE relnamespace IN {schemas of tables or views} AND relkind IN ('r', 'p', 'v') AND relname IN ({owned}, 'user_settings') AND a.grantee <> relowner
                      AND (a.grantee = 0 OR EXISTS (SELECT FROM pg_roles AS r WHERE rolname = {runtime} AND NOT rolsuper AND r.oid <> a.grantee
                                                                              AND pg_has_role(r.oid, a.grantee, 'MEMBER')))
                    """),
            new CatalogueQuestion(
                    "row-level-security",
                    ALWAYS,
                    REFUSED,
                    "Row-level security and policies of the installation's own: the views for the old application read with the owner's rights, so those policies would bind nobody there;"
                            + " and a policy that is off now would open or hide rows once the migration switches row-level security on. Drop the policies, and give each role"
                            + " a view of its rows instead",
                    """
                    WITH policies AS (
                      SELECT polrelid, polname, {expanded} AND polname IN (relname || '_of_open_realm', relname || '_of_user') AS ours
                      FROM pg_policy JOIN {tables} AS c ON c.oid = polrelid)
                    SELECT format('policy %I on %s', polname, polrelid::regclass) AS id FROM policies WHERE NOT ours
                    UNION ALL
                    SELECT format('table %s', c.oid::regclass) FROM {tables} AS c
                    WHERE relforcerowsecurity OR relrowsecurity AND NOT EXISTS (SELECT FROM policies WHERE polrelid = c.oid AND ours)
                    """),
            new CatalogueQuestion(
                    "rights-of-runtime-role",
                    BEFORE_EXPANSION,
                    MENTIONED,
                    "Tables on which the runtime role has rights already: from the take-over on it sees rows in open realms only, and has no right on the views for the"
                            + " old application, until a rollback gives the rights back. An application that works as this role needs another one",
                    """
                    SELECT format('table %I', relname) AS id FROM {tables} AS c
                    WHERE EXISTS (SELECT FROM (SELECT relacl UNION ALL SELECT attacl FROM pg_attribute WHERE attrelid = c.oid AND NOT attisdropped) AS a (acl), aclexplode(acl)
                                  JOIN pg_roles AS r ON r.oid = grantee WHERE rolname = {runtime} AND r.oid <> relowner)
                    """),
            new CatalogueQuestion(
                    "out-of-reach",
                    ALWAYS,
                    REFUSED,
                    "Functions and sequences behind defaults, checks, generated columns and indexes that the runtime role may not use: what the service writes would fail."
                            + " GRANT EXECUTE ON FUNCTION … or GRANT USAGE ON SEQUENCE … to it",
                    """
                    WITH parts AS (
                      SELECT adrelid AS relid, 'pg_attrdef'::regclass AS classid, oid AS objid FROM pg_attrdef
                      UNION ALL SELECT conrelid, 'pg_constraint'::regclass, oid FROM pg_constraint WHERE contype = 'c'
                      UNION ALL SELECT indrelid, 'pg_class'::regclass, indexrelid FROM pg_index),
                    behind AS (
                      SELECT DISTINCT r.oid AS runtime, refclassid, refobjid
                      FROM {tables} AS c JOIN parts ON relid = c.oid JOIN pg_depend USING (classid, objid) JOIN pg_roles AS r ON rolname = {runtime})
                    SELECT format('function %s', refobjid::regprocedure) AS id FROM behind
                    WHERE CASE refclassid WHEN 'pg_proc'::regclass THEN NOT has_function_privilege(runtime, refobjid, 'EXECUTE') END
                    UNION ALL
                    SELECT format('sequence %s', refobjid::regclass) FROM behind JOIN pg_class AS s ON s.oid = refobjid
                    WHERE refclassid = 'pg_class'::regclass AND CASE relkind WHEN 'S' THEN NOT has_sequence_privilege(runtime, s.oid, 'USAGE') END
                      -- Those of columns are given.
                      AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = s.oid AND deptype IN ('a', 'i')
                                      AND refobjid IN (SELECT oid FROM {tables} AS c))
                    """),
            new CatalogueQuestion(
                    "session-setting",
                    ALWAYS,
                    REFUSED,
                    "Settings of a role or of the database that our sessions can't override (ALTER ROLE …, ALTER DATABASE … RESET …)",
                    // The owner's sessions override all but these; the runtime role's live in a pooler that keeps
                    // nothing for them.
                    """
                    SELECT format('%s=%s of %s', name, value, CASE setrole WHEN 0 THEN 'the database' ELSE format('role %I', pg_get_userbyid(setrole)) END) AS id
                    FROM pg_db_role_setting, unnest(setconfig) AS s (setting),
                      LATERAL (SELECT lower(split_part(setting, '=', 1)), substr(setting, strpos(setting, '=') + 1)) AS v (name, value)
                    WHERE setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
                      AND CASE name
                        WHEN 'session_replication_role' THEN value <> 'origin'
                        WHEN 'default_transaction_read_only' THEN value::boolean AND (setrole = 0 OR pg_get_userbyid(setrole) IN (session_user, {runtime}))
                        WHEN 'role' THEN value <> 'none' AND pg_get_userbyid(setrole) = {runtime}
                        WHEN 'default_transaction_isolation' THEN value <> 'read committed' AND (setrole = 0 OR pg_get_userbyid(setrole) = {runtime})
                        ELSE false END
                    """),
            new CatalogueQuestion(
                    "connection-limit",
                    BEFORE_MIGRATION,
                    REFUSED_UNLESS_IGNORED,
                    "Limits on connections below what one node of the service opens: 16 of each role (ALTER ROLE …, ALTER DATABASE … CONNECTION LIMIT …). Ignore"
                            + " them where its pools are smaller",
                    """
                    SELECT format('role %I (%s)', rolname, rolconnlimit) AS id FROM pg_roles
                    WHERE rolname IN (session_user, {runtime}) AND NOT rolsuper AND rolconnlimit BETWEEN 0 AND 15
                    UNION ALL
                    SELECT format('database %I (%s)', datname, datconnlimit) FROM pg_database
                    WHERE datname = current_database() AND datconnlimit BETWEEN 0 AND 31
                    """));

    private RoleQuestions() {}
}
