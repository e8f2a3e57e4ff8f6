package dev.realms.migration.answer;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is to be done about the rows of a finding. */
public enum Answer {
    /** Nothing: the migration does not start as long as they are there. */
    REFUSE,
    /** Nothing: they do not get in the way. */
    IGNORE,
    /** The row refers to nothing of the other user's any more. */
    DETACH,
    /** The row goes to the owner of what it refers to, with everything that hangs on it. */
    REASSIGN;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Answer> of(String text) {
        return Arrays.stream(values())
                .filter(answer -> answer.text().equals(text))
                .findFirst();
    }
}
