package dev.realms.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.Node;
import dev.realms.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A wrong setting stops the start, also one that nobody needs before the first request. */
class WrongSettingIT {

    @Test
    void isNamedBeforeAnythingIsChanged() {
        TestDatabase.resetToEmpty();

        try (Node node = Node.start("wrong-setting", Map.of("REALMS_HTTP_TRUSTED_PROXIES", "proxy"))) {
            assertThat(node.awaitRefusal())
                    .contains("REALMS CANNOT START: realms.http.trusted-proxies must be addresses and networks such as"
                            + " 10.0.0.0/8,192.0.2.1, but holds 'proxy'.");
        }

        assertThat(TestDatabase.query("SELECT count(*) FROM pg_namespace WHERE nspname IN ('realms', 'migration')"))
                .isEqualTo("0");
    }

    /** A log that somebody relies on is not lost in silence, and no request fails for it. */
    @Test
    void anAccessLogThatCannotBeWrittenIsOne(@TempDir Path data) throws IOException {
        TestDatabase.resetToEmpty();
        Path folder = Files.createFile(data.resolve("logs"));

        Map<String, String> settings = Map.of("REALMS_ACCESS_LOG", "on", "REALMS_DATA_DIR", data.toString());
        try (Node node = Node.start("no-access-log", settings)) {
            assertThat(node.awaitRefusal())
                    .contains("REALMS CANNOT START: realms.access-log asks for a log in " + folder
                            + ", which can't be written.");
        }
    }
}
