package dev.realms.testing.oldapplication;

import dev.realms.testing.TestPostgres;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Under which the application works: it may read and write the tables, and owns nothing. */
public final class OldApplicationRole {

    /** Of the pre-realm schema. */
    public static final List<String> TABLES =
            List.of("users", "user_settings", "database_servers", "databases", "documents", "jobs", "api_keys");

    private static final String NAME = "old_application";
    private static final String PASSWORD = "of-the-old-application";

    /** Makes the role where it is not there, and gives it what it needs: for the superuser, when the tables are there. */
    public static final String GRANTS = """
            DO $$ BEGIN
              IF to_regrole('%1$s') IS NULL THEN
                CREATE ROLE %1$s LOGIN PASSWORD '%2$s';
              END IF;
            END $$;
            GRANT USAGE ON SCHEMA public TO %1$s;
            GRANT SELECT, INSERT, UPDATE, DELETE ON %3$s TO %1$s""".formatted(NAME, TestPostgres.verifier(PASSWORD), String.join(", ", TABLES));

    private OldApplicationRole() {}

    /** The same database, in this role, which knows no schema of ours. */
    public static DataSource of(DataSource database) {
        PGSimpleDataSource role = new PGSimpleDataSource();
        role.setURL(((PGSimpleDataSource) database).getURL());
        role.setCurrentSchema(null);
        role.setUser(NAME);
        role.setPassword(PASSWORD);
        return role;
    }
}
