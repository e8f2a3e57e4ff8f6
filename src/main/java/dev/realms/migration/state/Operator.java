package dev.realms.migration.state;

import dev.realms.web.ETags;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Who acts, and on which versions of the state: of two who saw the same, only one can move it.
 *
 * @param actor the id of a user, or {@code system}
 * @param seen versions of the state; empty: whatever it has become since they looked
 */
public record Operator(String actor, Optional<Set<Long>> seen) {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    /** Whatever the state has become. */
    public static Operator of(String actor) {
        return new Operator(actor, Optional.empty());
    }

    /** @param ifMatch the header, or null. A tag that is none of ours fits no version */
    public static Operator of(String actor, String ifMatch) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return of(actor);
        }
        return new Operator(
                actor,
                Optional.of(ETags.named(ifMatch)
                        .filter(text -> NUMBER.matcher(text).matches())
                        .map(Long::valueOf)
                        .collect(Collectors.toUnmodifiableSet())));
    }

    public boolean hasSeen(long version) {
        return seen.map(some -> some.contains(version)).orElse(true);
    }
}
