package dev.realms.migration.check;

import java.util.List;

/**
 * One question to the data and its answer.
 *
 * @param check what was asked, in kebab-case
 * @param expected how many rows there should be, for {@code unchanged} all of the table, else none
 * @param found how many there are
 * @param rows which ones are wrong, the first of them: ids, or for {@code unchanged} the last characters of the ids
 */
public record Check(String check, String table, boolean passed, long expected, long found, List<String> rows) {

    /** How many wrong rows a report names. */
    static final int NAMED_ROWS = 20;
}
