package dev.realms.openapi;

import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Patterns as every reader of regular expressions understands them. Those that lack JavaScript's flag {@code u} know no classes of
 * characters and take halves of surrogate pairs for characters. So what shows nothing is written out, as far as the first plane goes: the
 * service refuses more than the description says.
 */
final class PortablePattern {

    private static final String UNSEEN = "\\p{Z}\\p{C}";
    private static final String BEYOND = "\\uDB40\\uDD00-\\uDB40\\uDDEF";
    private static final Set<Integer> BLANKS_AND_CONTROLS = Set.of(
            (int) Character.SPACE_SEPARATOR,
            (int) Character.LINE_SEPARATOR,
            (int) Character.PARAGRAPH_SEPARATOR,
            (int) Character.CONTROL,
            (int) Character.FORMAT);

    private PortablePattern() {}

    static String of(String pattern) {
        return pattern.replace(UNSEEN, ranges(c -> BLANKS_AND_CONTROLS.contains(Character.getType(c))))
                .replace(BEYOND, "");
    }

    /** Of the first plane. */
    private static String ranges(IntPredicate in) {
        StringBuilder ranges = new StringBuilder();
        for (int from = 0; from <= 0xFFFF; from++) {
            if (in.test(from)) {
                int upTo = from;
                while (upTo < 0xFFFF && in.test(upTo + 1)) {
                    upTo++;
                }
                ranges.append(escaped(from)).append(upTo == from ? "" : "-" + escaped(upTo));
                from = upTo;
            }
        }
        return ranges.toString();
    }

    private static String escaped(int c) {
        return "\\u%04X".formatted(c);
    }
}
