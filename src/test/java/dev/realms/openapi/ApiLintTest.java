package dev.realms.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.NpmFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What linters that others use say of the API's description: nothing. */
class ApiLintTest {

    private static final String ABSENT =
            "Node 20.19 or newer with npm, or what npm has to install, is not here: the linters don't read the description.";

    private static final NpmFolder LINTERS = NpmFolder.of("api");
    private static final Path WRITTEN = Path.of("target/classes/META-INF");

    @BeforeEach
    void install() throws IOException, InterruptedException {
        Assumptions.assumeTrue(LINTERS.install(), ABSENT);
        for (String name : List.of("openapi.json", "openapi.yaml")) {
            Files.copy(WRITTEN.resolve(name), LINTERS.target().resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Test
    void redoclyFindsNothing() throws IOException, InterruptedException {
        NpmFolder.Answer answer = LINTERS.run(
                Map.of("REDOCLY_TELEMETRY", "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE", "true"), "npm", "run", "redocly");

        assertThat(answer.exit()).as(answer.output()).isZero();
        assertThat(answer.output()).contains("Your API description is valid").doesNotContain("warning.", "warnings.");
    }

    @Test
    void spectralFindsNothing() throws IOException, InterruptedException {
        NpmFolder.Answer answer = LINTERS.run(Map.of(), "npm", "run", "spectral");

        assertThat(answer.exit()).as(answer.output()).isZero();
        assertThat(answer.output()).contains("No results with a severity of 'warn' or higher found!");
    }
}
