package dev.realms.migration.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.ExpandSchema;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.migration.schema.TestSql;
import dev.realms.security.secret.TestKeys;
import dev.realms.testing.oldapplication.OldApplicationShape;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Where the installation gives everybody all rights on everything new. */
@DatabaseTest
class DefaultPrivilegesTest {

    private static final String[] EVERYTHING_TO_EVERYBODY = {
        "ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO PUBLIC, realms_app, pg_monitor",
        "ALTER DEFAULT PRIVILEGES GRANT ALL ON SEQUENCES TO PUBLIC, realms_app, pg_monitor",
        "ALTER DEFAULT PRIVILEGES GRANT ALL ON ROUTINES TO PUBLIC, realms_app, pg_monitor",
        "ALTER DEFAULT PRIVILEGES GRANT ALL ON SCHEMAS TO PUBLIC, realms_app, pg_monitor",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON TABLES TO PUBLIC, realms_app, pg_monitor",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON ROUTINES TO PUBLIC, realms_app, pg_monitor"
    };

    /** Of everybody but the owner. */
    private static final String RIGHTS = """
            SELECT name || ' ' || privilege_type || ' ' || CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END FROM (
              SELECT c.oid::regclass::text, relnamespace, coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner)), relowner
              FROM pg_class AS c WHERE relkind IN ('r', 'S', 'v')
              UNION ALL SELECT oid::regprocedure::text, pronamespace, coalesce(proacl, acldefault('f', proowner)), proowner FROM pg_proc
              UNION ALL SELECT nspname, oid, coalesce(nspacl, acldefault('n', nspowner)), nspowner FROM pg_namespace) AS o (name, namespace, acl, owner),
              aclexplode(acl)
            WHERE namespace::regnamespace::text IN ('public', 'realms', 'migration', 'realms_doors', 'realms_archive') AND grantee <> owner ORDER BY 1
            """;

    @Test
    void openNothingOfOurs() throws Exception {
        DataSource open = FreshDatabases.preRealm(EVERYTHING_TO_EVERYBODY);
        new ExpandSchema(open, FreshDatabases.APP_USER).run();
        assertThat(rights(open)).isEqualTo(rights(FreshDatabases.expanded()));

        assertThat(rights(FreshDatabases.migrated(EVERYTHING_TO_EVERYBODY)))
                .isEqualTo(rights(FreshDatabases.migrated()))
                .contains(
                        OldApplicationShape.CHOSEN.named("open_realm(uuid,[uuid]) EXECUTE realms_app"),
                        "realms UPDATE realms_app");
    }

    @Test
    void openNothingOfANewDatabase() throws Exception {
        DataSource open = FreshDatabases.empty();
        new TestSql(open).run(EVERYTHING_TO_EVERYBODY);
        DataSource usual = FreshDatabases.empty();

        for (DataSource database : List.of(open, usual)) {
            new ExpandSchema(database, FreshDatabases.APP_USER).run();
        }

        assertThat(rights(open)).isEqualTo(rights(usual)).isNotEmpty();
    }

    @Test
    void openNothingOfTheArchive() throws Exception {
        DataSource open = FreshDatabases.migrated(EVERYTHING_TO_EVERYBODY);
        DataSource usual = FreshDatabases.migrated();

        for (DataSource database : List.of(open, usual)) {
            new PlainRollback(database, TestKeys.box()).run();
        }

        assertThat(rights(open)).isEqualTo(rights(usual)).isNotEmpty();
    }

    private static List<String> rights(DataSource database) throws Exception {
        return new TestSql(database).ask(RIGHTS);
    }
}
