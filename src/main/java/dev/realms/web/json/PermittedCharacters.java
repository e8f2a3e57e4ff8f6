package dev.realms.web.json;

import java.util.Optional;
import java.util.function.IntPredicate;

/** Which characters a text may hold. All that can be read may be written, in every script; what only deceives or breaks may not. */
public final class PermittedCharacters {

    /** Letters, signs and marks that show nothing, as both Java and ECMAScript read them in brackets. */
    public static final String FILLERS = "\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u2800\\u3164\\uFFA0";

    /** Turn the direction of all that follows, far beyond the text they stand in: embeddings, overrides, isolates and their ends. */
    private static final IntPredicate TURNS = c -> (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);

    private static final IntPredicate HALF = c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    private static final IntPredicate CONTROLS = c -> Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r';

    private PermittedCharacters() {}

    /** What is wrong with the text, as the rest of a sentence that begins with its name; empty when nothing is. */
    static Optional<String> fault(String text) {
        if (text.indexOf('\0') >= 0) {
            return Optional.of("must not contain the NUL character");
        } else if (text.codePoints().anyMatch(HALF)) {
            return Optional.of("must not contain half of a surrogate pair");
        } else if (text.codePoints().anyMatch(CONTROLS)) {
            return Optional.of("must not contain control characters but tab and line ends");
        } else if (text.codePoints().anyMatch(TURNS)) {
            return Optional.of("must not contain characters that turn the direction of text");
        }
        return Optional.empty();
    }

    /** Whether this character, by its code point, has no place in a text of one line. */
    public static boolean isUnfitForALine(int codePoint) {
        return Character.isISOControl(codePoint) || HALF.test(codePoint) || TURNS.test(codePoint);
    }
}
