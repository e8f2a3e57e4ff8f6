package dev.realms.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which TCP ports processes have open for others, as Linux tells in {@code /proc}. */
final class ListeningSockets {

    /** {@code sl local_address rem_address st … inode}; 0A is LISTEN. */
    private static final Pattern LISTENING =
            Pattern.compile("\\s*\\d+: ([0-9A-F]+):([0-9A-F]{4}) \\S+ 0A(?: +\\S+){5} +(\\d+) .*");

    private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d+)]");

    private ListeningSockets() {}

    /** Addresses as {@code /proc} writes them, with the port as people do. */
    static List<String> of(List<Long> processes) {
        Set<String> inodes = new HashSet<>();
        processes.forEach(process -> inodes.addAll(inodes(process)));
        List<String> found = new ArrayList<>();
        for (String table : List.of("tcp", "tcp6")) {
            try (Stream<String> lines = Files.lines(Path.of("/proc/net", table))) {
                lines.map(LISTENING::matcher)
                        .filter(Matcher::matches)
                        .filter(line -> inodes.contains(line.group(3)))
                        .forEach(line -> found.add(line.group(1) + ":" + Integer.parseInt(line.group(2), 16)));
            } catch (IOException noSuchProtocol) {
                // Nothing listens there, then.
            }
        }
        return found;
    }

    private static Set<String> inodes(long process) {
        Set<String> inodes = new HashSet<>();
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(process), "fd"))) {
            for (Path file : files.toList()) {
                Matcher socket = SOCKET.matcher(Files.readSymbolicLink(file).toString());
                if (socket.matches()) {
                    inodes.add(socket.group(1));
                }
            }
        } catch (IOException | java.io.UncheckedIOException ended) {
            // So it listens nowhere any more.
        }
        return inodes;
    }
}
