package dev.realms.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.migration.schema.TestSql;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

@DatabaseTest
class TestPostgresTest {

    /** Otherwise a build that names another PostgreSQL would say something of the embedded one. */
    @Test
    void isTheOneThatWasNamed() throws SQLException, IOException {
        String running =
                new TestSql(FreshDatabases.empty()).ask("SHOW server_version").get(0);
        String home = System.getProperty("realms.test.postgresql", "");

        if (home.isEmpty()) {
            assertThat(running).startsWith("18.");
        } else {
            Process installed =
                    new ProcessBuilder(Path.of(home, "bin", "postgres").toString(), "--version").start();
            assertThat("postgres (PostgreSQL) " + running)
                    .isEqualTo(new String(installed.getInputStream().readAllBytes()).strip());
        }
    }
}
