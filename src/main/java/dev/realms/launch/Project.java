package dev.realms.launch;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.postgresql.Driver;

/** Where the build put what the application server needs. */
record Project(Path base) {

    static Project of(String[] arguments) {
        return new Project(Path.of(arguments.length == 0 ? "" : arguments[0]).toAbsolutePath());
    }

    Path war() {
        return existing(base.resolve("target/realms.war"));
    }

    Path payara() {
        return existing(base.resolve("target/payara-micro.jar"));
    }

    Path config(String file) {
        return existing(base.resolve("server-config").resolve(file));
    }

    /** The very driver that this process uses. */
    Path driver() {
        try {
            return Path.of(Driver.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Path existing(Path file) {
        if (Files.notExists(file)) {
            throw new CannotStart(file + " is missing: start the command with Maven, which builds it.");
        }
        return file;
    }
}
