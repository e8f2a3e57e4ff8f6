package dev.realms.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands tell Payara Micro before it listens. */
class ServerCommandTest {

    private static final Path CONFIG = Path.of("server-config", "payara");
    private static final List<String> BUILT = List.of(
            "target/realms.war",
            "target/payara-micro.jar",
            "server-config/jvm.options",
            "server-config/payara/pre-boot.asadmin",
            "server-config/payara/no-http.asadmin",
            "server-config/payara/post-boot.asadmin",
            "server-config/payara/logging.properties");

    /** Payara Micro takes one file of such commands, so that of the tests has to repeat what it is to try. */
    @Test
    void theServerUnderTestListensAsTheOneThatIsDelivered() throws IOException {
        assertThat(commands("pre-boot.asadmin")).isNotEmpty();
        assertThat(commands("loopback.asadmin")).containsAll(commands("pre-boot.asadmin"));
    }

    @Test
    void theServerThatServesIsTold(@TempDir Path base) throws IOException {
        assertThat(line(base, Optional.of(8080)))
                .containsSequence("--prebootcommandfile", config(base, "pre-boot.asadmin"));
    }

    @Test
    void theServerThatOnlyMigratesListensNowhere(@TempDir Path base) throws IOException {
        assertThat(line(base, Optional.empty()))
                .containsSequence("--prebootcommandfile", config(base, "no-http.asadmin"))
                .doesNotContain("--port");
    }

    private static List<String> line(Path base, Optional<Integer> port) throws IOException {
        for (String file : BUILT) {
            Path path = base.resolve(file);
            Files.createDirectories(path.getParent());
            Files.createFile(path);
        }
        return new ServerCommand(base, base.resolve("root"), port).line();
    }

    private static String config(Path base, String file) {
        return base.resolve("server-config/payara").resolve(file).toString();
    }

    private static List<String> commands(String file) throws IOException {
        return Files.readAllLines(CONFIG.resolve(file)).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }
}
