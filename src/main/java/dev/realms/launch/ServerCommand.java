package dev.realms.launch;

import dev.realms.launch.Command.CannotStart;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postgresql.Driver;

/**
 * The command line that starts Payara Micro with the WAR. It holds no secret: every user of the machine can read it.
 *
 * @param project the project's folder, where the build put what the server needs
 * @param root the server's own folder; deleted before each start
 * @param port empty: with no HTTP port open
 */
record ServerCommand(Path project, Path root, Optional<Integer> port) {

    /** @throws CannotStart when the build has not made all that is needed */
    List<String> line() {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of("@" + file("server-config/jvm.options"), "-Dfile.encoding=UTF-8"));
        line.addAll(List.of("-jar", file("target/payara-micro.jar")));
        line.addAll(List.of("--deploy", file("target/realms.war"), "--contextroot", "/"));
        line.addAll(List.of("--addLibs", driver()));
        line.addAll(List.of("--rootdir", root.toString()));
        line.addAll(List.of("--postbootcommandfile", file("server-config/payara/post-boot.asadmin")));
        line.addAll(List.of("--logproperties", file("server-config/payara/logging.properties")));
        // One node needs no data grid, which would listen on a port of its own, --nocluster or not.
        line.addAll(List.of("--nohazelcast", "--disablephonehome"));
        port.ifPresent(number -> line.addAll(List.of("--port", number.toString())));
        String before = port.isPresent() ? "pre-boot.asadmin" : "no-http.asadmin";
        line.addAll(List.of("--prebootcommandfile", file("server-config/payara/" + before)));
        return line;
    }

    private String file(String name) {
        Path file = project.resolve(name);
        if (Files.notExists(file)) {
            throw new CannotStart(file + " is missing: start the command with Maven, which builds it.");
        }
        return file.toString();
    }

    /** The very driver that this process uses. */
    private static String driver() {
        try {
            return Path.of(Driver.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
