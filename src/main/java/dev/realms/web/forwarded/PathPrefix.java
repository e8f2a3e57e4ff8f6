package dev.realms.web.forwarded;

import java.util.List;
import java.util.regex.Pattern;

/** The header that names what a proxy takes off the path. No standard has it; nginx, Traefik, Apache and Envoy are told to write it. */
final class PathPrefix {

    static final String HEADER = "X-Forwarded-Prefix";

    /** Segments that need no escape, none of which is nothing but dots: what leads nowhere but below the same host. */
    private static final Pattern PREFIX = Pattern.compile("(/(?!\\.+(/|$))[A-Za-z0-9._~-]+)+");

    private static final int LONGEST = 200;

    private PathPrefix() {}

    /**
     * Nothing where there is not exactly one line, and where that is no plain path.
     *
     * @param lines of the header, from who is trusted
     */
    static String of(List<String> lines) {
        String given = lines.size() == 1 ? lines.get(0) : "";
        String path = given.endsWith("/") ? given.substring(0, given.length() - 1) : given;
        return path.length() <= LONGEST && PREFIX.matcher(path).matches() ? path : "";
    }
}
