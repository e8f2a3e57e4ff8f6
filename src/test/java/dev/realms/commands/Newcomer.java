package dev.realms.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.ProjectCopy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Somebody with a fresh copy of the project who types the README's commands.
 *
 * @param project the copy
 * @param repository what Maven has downloaded
 * @param as what makes a command theirs, put in front of it; empty for the user of the tests
 */
record Newcomer(Path project, Path repository, List<String> as) {

    private static final Path HERE = Path.of("").toAbsolutePath();
    private static final Path REPOSITORY =
            Path.of(System.getProperty("maven.repo.local", System.getProperty("user.home") + "/.m2/repository"));

    /** Nobody's number on any machine. */
    private static final String ORDINARY = "54321";

    /**
     * The user of the tests. What an earlier run left there is gone. Its servers live briefly, and compile less; those of
     * {@link #ordinary} run as delivered.
     */
    static Newcomer withACopyIn(Path folder) throws IOException {
        ProjectCopy.delete(folder);
        Path project = ProjectCopy.make(HERE, folder);
        Files.writeString(
                project.resolve("server-config/jvm.options"), "-XX:TieredStopAtLevel=1\n", StandardOpenOption.APPEND);
        return new Newcomer(project, REPOSITORY, List.of());
    }

    static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /** Somebody without rights, who has downloaded what the build needs and can reach nothing of root's. To be called by root. */
    static Newcomer ordinary() throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("realms-newcomer-");
        Path project = ProjectCopy.make(HERE, home.resolve("realms"));
        Path repository = Files.createDirectories(home.resolve(".m2")).resolve("repository");
        shell("cp -r '%s' '%s' && chown -R %s '%s'".formatted(REPOSITORY, repository, ORDINARY, home));
        return new Newcomer(
                project,
                repository,
                List.of(
                        "setpriv",
                        "--reuid=" + ORDINARY,
                        "--regid=" + ORDINARY,
                        "--clear-groups",
                        "env",
                        "HOME=" + home,
                        "MAVEN_OPTS=-Duser.home=" + home));
    }

    /** {@code mvn} with these arguments, as the README has them. */
    CommandProcess types(String... arguments) {
        List<String> command = new ArrayList<>(List.of("mvn"));
        command.addAll(List.of(arguments));
        command.add("-Dmaven.repo.local=" + repository);
        return CommandProcess.start(project, as, command);
    }

    /** Below the project's folder. */
    String read(String file) {
        try {
            return Files.readString(project.resolve(file)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void shell(String command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("sh", "-c", command).inheritIO().start().waitFor())
                .as(command)
                .isZero();
    }
}
