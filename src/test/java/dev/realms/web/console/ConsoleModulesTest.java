package dev.realms.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Has Node's own test runner try the console's modules, by the tests in {@code src/test/console}. */
class ConsoleModulesTest {

    private static final Path PROJECT = Path.of("").toAbsolutePath();
    private static final Path TESTS = Path.of("src/test/console");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String ABSENT = "Node 20.10 or newer is not here: the console's modules are not tried.";
    private static final Pattern VERSION = Pattern.compile("v(\\d+)\\.(\\d+)\\.");
    private static final Pattern COUNT = Pattern.compile("^\\S+ tests (\\d+)$", Pattern.MULTILINE);

    @TempDir
    private Path temporary;

    @Test
    void doWhatTheirTestsSay() throws IOException, InterruptedException {
        Optional<Integer> node = node();
        Assumptions.assumeTrue(node.isPresent(), ABSENT);
        List<String> command = new ArrayList<>(List.of("node"));
        if (node.get() <= 22) {
            // Newer ones see by themselves that a file is a module.
            command.add("--experimental-default-type=module");
        }
        command.addAll(List.of("--test", "--test-reporter=spec"));
        // Named one by one: what a folder means here is not the same in every version.
        List<String> files = files();
        assertThat(files).as("tests in %s", TESTS).isNotEmpty();
        command.addAll(files);

        Answer answer = run(command);

        assertThat(answer.exit()).as("%s", answer.output()).isZero();
        assertThat(COUNT.matcher(answer.output()).results())
                .as("%s", answer.output())
                .singleElement()
                .satisfies(count -> assertThat(number(count, 1)).isGreaterThanOrEqualTo(files.size()));
    }

    /** Its major version, where it is new enough: 20.10 is the first that can be told that files are modules. */
    private Optional<Integer> node() throws InterruptedException {
        try {
            return VERSION.matcher(run(List.of("node", "--version")).output())
                    .results()
                    .filter(version -> number(version, 1) > 20 || number(version, 1) == 20 && number(version, 2) >= 10)
                    .map(version -> number(version, 1))
                    .findFirst();
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }

    private static List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(PROJECT.resolve(TESTS))) {
            return files.map(file -> TESTS.resolve(file.getFileName()).toString())
                    .filter(file -> file.endsWith(".test.mjs"))
                    .sorted()
                    .toList();
        }
    }

    private Answer run(List<String> command) throws IOException, InterruptedException {
        Path output = temporary.resolve("node.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(PROJECT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        // What is read here has to come without colours.
        builder.environment().remove("FORCE_COLOR");
        Process process = builder.start();
        boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        String text = Files.readString(output);
        assertThat(ended).as("It did not end within %s: %s", PATIENCE, text).isTrue();
        return new Answer(process.exitValue(), text);
    }

    private static int number(MatchResult found, int group) {
        return Integer.parseInt(found.group(group));
    }

    private record Answer(int exit, String output) {}
}
