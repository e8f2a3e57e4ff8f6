package dev.realms.migration.state;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which versions of the state an operator has seen, and acts on.
 *
 * @param seen empty: whichever it is
 */
public record Versions(Optional<Set<Long>> seen) {

    public static final Versions ANY = new Versions(Optional.empty());

    private static final Pattern TAG = Pattern.compile("(W/)?\"([^\"]*)\"");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    /** @param ifMatch the header, or null. A tag that is none of ours, or a weak one, fits no version */
    public static Versions of(String ifMatch) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return ANY;
        }
        return new Versions(Optional.of(TAG.matcher(ifMatch)
                .results()
                .filter(tag -> tag.group(1) == null)
                .map(tag -> tag.group(2))
                .filter(text -> NUMBER.matcher(text).matches())
                .map(Long::valueOf)
                .collect(Collectors.toUnmodifiableSet())));
    }

    boolean isAny() {
        return seen.isEmpty();
    }

    public boolean has(long version) {
        return seen.map(some -> some.contains(version)).orElse(true);
    }

    /** For PostgreSQL. */
    Object[] numbers() {
        return seen.orElse(Set.of()).toArray();
    }
}
