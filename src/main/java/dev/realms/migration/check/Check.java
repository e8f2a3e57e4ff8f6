package dev.realms.migration.check;

import java.util.List;

/**
 * Whether a table still holds what it held.
 *
 * @param check {@code unchanged}
 * @param expected how many rows there should be
 * @param found how many there are
 * @param rows which ones differ, the first of them: the last characters of the ids
 * @param difference the name that this very difference can be accepted by, whatever is written meanwhile; null where there is none
 */
public record Check(
        String check, String table, boolean passed, long expected, long found, List<String> rows, String difference) {

    /** How many wrong rows a report names. */
    static final int NAMED_ROWS = 20;
}
