package dev.realms.testing;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A folder of the tests that works on Node. npm installs what it needs into a folder of the target, once for each version of its
 * package.json, with no lock file: that would name a registry.
 *
 * @param source in {@code src/test}
 * @param target in {@code target}
 */
public record NpmFolder(Path source, Path target) {

    private static final String PACKAGE = "package.json";
    private static final String IS_NEW_ENOUGH = "const [major, minor] = process.versions.node.split('.').map(Number);"
            + " process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)";

    /** How a command ended, and both streams of what it wrote, so that a failure has its reason. */
    public record Answer(int exit, String output) {}

    public static NpmFolder of(String name) {
        return new NpmFolder(Path.of("src/test", name), Path.of("target", name));
    }

    /** @return whether Node 20.19 or newer, npm and what npm has to install are there */
    public boolean install() throws IOException, InterruptedException {
        return install(Map.of(), "true");
    }

    /** As {@link #install()}, and runs a command there that nobody else may run meanwhile. */
    public boolean install(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Files.createDirectories(target);
        // Two JVMs run tests.
        try (FileChannel channel =
                        FileChannel.open(target.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            boolean there = lock.isValid()
                    && run(Map.of(), "node", "-e", IS_NEW_ENOUGH).exit() == 0
                    && (isInstalled() || fetch());
            if (there) {
                copyAll();
                Answer prepared = run(environment, command);
                if (prepared.exit() != 0) {
                    throw new IllegalStateException(prepared.output());
                }
            }
            return there;
        }
    }

    public Answer run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(target, "output", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(target.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
            return new Answer(process.exitValue(), Files.readString(output));
        } catch (IOException notThere) {
            return new Answer(-1, notThere.getMessage());
        } finally {
            Files.deleteIfExists(output);
        }
    }

    /** A command that goes on while its input is open, beside its output in a file there. */
    public Process start(String output, String... command) throws IOException {
        return new ProcessBuilder(command)
                .directory(target.toFile())
                .redirectErrorStream(true)
                .redirectOutput(target.resolve(output).toFile())
                .start();
    }

    private boolean isInstalled() throws IOException {
        Path installed = target.resolve("node_modules").resolve(PACKAGE);
        return Files.exists(installed) && Files.mismatch(source.resolve(PACKAGE), installed) == -1;
    }

    private boolean fetch() throws IOException, InterruptedException {
        Files.copy(source.resolve(PACKAGE), target.resolve(PACKAGE), StandardCopyOption.REPLACE_EXISTING);
        Answer install = run(
                Map.of(),
                "npm",
                "install",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--no-package-lock",
                "--silent");
        if (install.exit() == 0) {
            Files.copy(
                    source.resolve(PACKAGE),
                    target.resolve("node_modules").resolve(PACKAGE),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        return install.exit() == 0;
    }

    private void copyAll() throws IOException {
        try (Stream<Path> files = Files.list(source)) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
