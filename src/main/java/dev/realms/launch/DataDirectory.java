package dev.realms.launch;

import dev.realms.settings.Settings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * {@code realms.data.dir}: all that the commands keep. Held by one command of a kind at a time, through a lock that the
 * operating system gives up when the process dies, however it dies.
 */
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
            return new DataDirectory(path, lock(path.resolve(command + ".lock"), path));
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

    private static void create(Path path) throws IOException {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] mode = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
        Files.createDirectories(path, mode);
    }

    private static FileChannel lock(Path file, Path path) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock held = channel.tryLock();
            if (held != null) {
                return channel;
            }
        } catch (OverlappingFileLockException heldByThisProcess) {
            // The same answer as for another process.
        }
        channel.close();
        throw new CannotStart("%s: another command is using '%s'; stop it, or choose another folder."
                .formatted(Settings.DATA_DIRECTORY, path));
    }
}
