package dev.realms.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerCommandTest {

    private static final Path CONFIG = Path.of("server-config", "payara");

    /** Payara Micro takes one file of such commands, so that of the tests has to repeat what it is to try. */
    @Test
    void theServerUnderTestListensAsTheOneThatIsDelivered() throws IOException {
        assertThat(commands("pre-boot.asadmin")).isNotEmpty();
        assertThat(commands("loopback.asadmin")).containsAll(commands("pre-boot.asadmin"));
    }

    private static List<String> commands(String file) throws IOException {
        return Files.readAllLines(CONFIG.resolve(file)).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }
}
