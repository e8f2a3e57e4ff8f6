package dev.realms.launch;

import dev.realms.launch.Command.CannotStart;
import dev.realms.settings.Settings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code realms.data.dir}: all that the commands keep. Held by one command of a kind at a time. */
final class DataDirectory implements AutoCloseable {

    private final Path path;
    private final FileChannel lock;

    private DataDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes the directory when missing (mode 0700: it will hold secrets) and locks it.
     *
     * @param command names the lock, so that a migration may run beside a service of the same directory
     * @throws CannotStart when it can't be written or another command has it
     */
    static DataDirectory open(Path setting, String command) {
        Path path = setting.toAbsolutePath().normalize();
        try {
            create(path);
            Files.createDirectories(path.resolve("logs"));
            return new DataDirectory(
                    path,
                    lock(path.resolve(command + ".lock"))
                            .orElseThrow(() -> new CannotStart(
                                    "%s: another command is using '%s'; stop it, or choose another folder."
                                            .formatted(Settings.DATA_DIRECTORY, path))));
        } catch (IOException e) {
            throw new CannotStart(
                    "%s must be a folder that can be written, but '%s' is not."
                            .formatted(Settings.DATA_DIRECTORY, path),
                    e);
        }
    }

    Path path() {
        return path;
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    /** As the user would type it: relative to where the command was started, when it is below. */
    String shown(String name) {
        Path here = Path.of("").toAbsolutePath();
        Path file = path.resolve(name);
        return (file.startsWith(here) ? here.relativize(file) : file).toString();
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    /**
     * Locks a file, which is made when missing. The operating system gives the lock up when the process dies, however it dies.
     *
     * @return what to close; empty when a living process, perhaps this one, has the lock
     */
    static Optional<FileChannel> lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return Optional.of(channel);
            }
        } catch (OverlappingFileLockException heldByThisProcess) {
            // The same answer as for another process.
        }
        channel.close();
        return Optional.empty();
    }

    /** With all that is in it; nothing happens when it is missing. */
    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            List<Path> files;
            try (Stream<Path> found = Files.walk(folder)) {
                files = found.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    private static void create(Path path) throws IOException {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] mode = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
        Files.createDirectories(path, mode);
    }
}
