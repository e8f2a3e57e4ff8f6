package dev.realms.realm.isolation.probe;

import dev.realms.realm.isolation.probe.IsolationVerdict.IsolationFinding;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What the runtime role is, owns or may do, and must not. Asked through its own connections. */
final class RoleFindings {

    /** A connection may act as the role that logged in, whatever role it has been set to. */
    private static final String RUNTIME = """
            WITH me AS (SELECT * FROM pg_roles WHERE rolname IN (current_user, session_user))
            """;

    private static final String POWERS = RUNTIME + """
            SELECT reason, rolname, 'The runtime role ' || rolname || ' ' || what || '.'
            FROM me, LATERAL (VALUES
              ('superuser', rolsuper, 'is a superuser'),
              ('bypasses-rls', rolbypassrls AND NOT rolsuper, 'bypasses row-level security (BYPASSRLS)'),
              ('creates-roles', rolcreaterole AND NOT rolsuper, 'may create roles, and make itself a member of others (CREATEROLE)'),
              ('replicates', rolreplication AND NOT rolsuper, 'may read the whole database as a replica (REPLICATION)')
            ) AS power (reason, has, what)
            WHERE has
            """;

    // pg_shdepend lists what belongs to a role in this database, of whatever kind; the database itself counts as
    // shared.
    private static final String POSSESSIONS = RUNTIME + """
            SELECT 'owner', rolname,
                   format('The runtime role %s owns objects in the database, the %s for one.', rolname,
                          min(pg_describe_object(classid, objid, objsubid)))
            FROM me JOIN pg_shdepend ON refclassid = 'pg_authid'::regclass AND refobjid = me.oid AND deptype = 'o'
            JOIN pg_database AS here ON here.datname = current_database()
            WHERE (dbid = here.oid OR (classid = 'pg_database'::regclass AND objid = here.oid))
              AND NOT EXISTS (SELECT FROM pg_class WHERE classid = 'pg_class'::regclass AND oid = objid AND relpersistence = 't')
            GROUP BY rolname
            """;

    private static final String MEMBERSHIPS = RUNTIME + """
            SELECT 'member', me.rolname,
                   format('The runtime role %s is a member of %s, which owns objects in the database or may do anything there.',
                          me.rolname, string_agg(other.rolname, ', ' ORDER BY other.rolname))
            FROM me JOIN pg_roles AS other ON other.oid <> me.oid AND pg_has_role(me.oid, other.oid, 'MEMBER')
            WHERE NOT me.rolsuper
              AND (other.rolsuper OR other.rolbypassrls OR other.rolcreaterole OR other.rolreplication
                   OR other.rolname IN ('pg_read_all_data', 'pg_write_all_data', 'pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files')
                   OR other.oid IN (SELECT datdba FROM pg_database WHERE datname = current_database())
                   OR EXISTS (SELECT FROM pg_shdepend
                              WHERE refclassid = 'pg_authid'::regclass AND refobjid = other.oid AND deptype = 'o'
                                AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())))
            GROUP BY me.rolname
            """;

    private static final String PRIVILEGES = RUNTIME + """
            SELECT 'may-' || lower(privilege), relname, format('The runtime role %s may %s %s.', rolname, what, relname)
            FROM me, (VALUES
              ('TRUNCATE', 'truncate table'),
              ('TRIGGER', 'put triggers on table'),
              ('DELETE', 'delete from table'),
              ('UPDATE', 'change table'),
              ('INSERT', 'add to table')
            ) AS may (privilege, what), pg_class AS c
            WHERE NOT rolsuper AND relkind IN ('r', 'p') AND relnamespace IN (to_regnamespace('realms'), to_regnamespace('migration'))
              AND (privilege IN ('TRUNCATE', 'TRIGGER') OR c.oid = to_regclass('realms.realm_events')
                   OR privilege = 'DELETE' AND c.oid = to_regclass('realms.realms'))
              AND has_table_privilege(me.oid, c.oid, privilege)
            """;

    // Our functions that run as the owner look names up there, and a function or operator whose types fit better comes
    // before PostgreSQL's.
    private static final String SCHEMAS = RUNTIME + """
            SELECT 'may-create', nspname,
                   format('The runtime role %s may create objects in schema %s%s: they could run with the rights of its owner.', rolname, nspname,
                          CASE WHEN has_schema_privilege('public', n.oid, 'CREATE') THEN ', as everybody may' ELSE '' END)
            FROM me, pg_namespace AS n
            WHERE NOT rolsuper AND nspname IN ('realms', 'migration', 'realms_doors') AND has_schema_privilege(me.oid, n.oid, 'CREATE')
            """;

    private RoleFindings() {}

    static List<IsolationFinding> of(Connection runtime) throws SQLException {
        return IsolationFindings.ask(runtime, POWERS, POSSESSIONS, MEMBERSHIPS, PRIVILEGES, SCHEMAS);
    }
}
