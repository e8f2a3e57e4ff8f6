package dev.realms.settings;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;

/** A file that only its owner may read (mode 0600) from the moment it exists, and that is never seen half written. */
public final class PrivateFile {

    private PrivateFile() {}

    /** Replaces the file. */
    public static void write(Path file, String text) throws IOException {
        Path written = writeBeside(file, text);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** What the file holds; it is made first when missing. Of two that make it at once, both read the winner's. */
    public static String readOrCreate(Path file, Supplier<String> text) throws IOException {
        if (Files.notExists(file)) {
            Path written = writeBeside(file, text.get());
            try {
                Files.createLink(file, written);
            } catch (FileAlreadyExistsException wonByAnother) {
                // The other one's content is as good as ours.
            } catch (UnsupportedOperationException noLinks) {
                Files.move(written, file);
            } finally {
                Files.deleteIfExists(written);
            }
        }
        return Files.readString(file).strip();
    }

    private static Path writeBeside(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path written = Files.createTempFile(folder, "." + file.getFileName(), ".new", ownerOnly(folder));
        return Files.writeString(written, text.strip() + "\n");
    }

    private static FileAttribute<?>[] ownerOnly(Path folder) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
