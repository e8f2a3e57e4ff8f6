package dev.realms.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.Node;
import dev.realms.testing.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Passwords as generators make them: each server takes them as they are. All of them are fake. */
class OddPasswordsIT {

    private static final String ODD = " o'\"\\$ $1 $$ $x {y} $(date) #{1} %41 a:b;c=d&e?f@g/h,i !\\n ü ";

    @AfterEach
    void forget() {
        TestDatabase.resetToEmpty();
        TestDatabase.asSuperuser("DROP OWNED BY odd_app; DROP ROLE odd_app; DROP OWNED BY odd_owner");
        TestDatabase.asSuperuser("ALTER DATABASE own OWNER TO realms_owner; DROP ROLE odd_owner");
    }

    @Test
    void areTakenAsTheyAre() {
        TestDatabase.resetToEmpty();
        TestDatabase.asSuperuser("CREATE ROLE odd_owner LOGIN PASSWORD '%s'".formatted(quoted("owner" + ODD)));
        TestDatabase.asSuperuser("CREATE ROLE odd_app LOGIN PASSWORD '%s'".formatted(quoted(ODD + "app")));
        TestDatabase.asSuperuser("ALTER DATABASE own OWNER TO odd_owner");

        try (Node node = Node.start(
                "odd-passwords",
                Map.of(
                        "REALMS_DB_OWNER_USER",
                        "odd_owner",
                        "REALMS_DB_OWNER_PASSWORD",
                        "owner" + ODD,
                        "REALMS_DB_APP_USER",
                        "odd_app",
                        "REALMS_DB_APP_PASSWORD",
                        ODD + "app",
                        "REALMS_SECRET_KEY",
                        " ZmFrZSBrZXkgb2YgdGhlIGluLXNlcnZlciB0ZXN0cyE=\r\n"))) {
            assertThat(node.awaitStart().api().get("/health/ready").status())
                    .as("%s", node.log())
                    .isEqualTo(200);
        }
    }

    private static String quoted(String password) {
        return password.replace("'", "''");
    }
}
