package dev.realms.realm.isolation.audit;

import java.util.List;

/**
 * An invariant that was asked, and the answer.
 *
 * @param check which one, in kebab-case
 * @param rows how many were asked
 * @param violations how many of them violate it
 * @param ids the first of these
 */
public record AuditCheck(
        String check, String table, boolean passed, long rows, long violations, List<String> ids, long milliseconds) {

    /** How many rows a report names. */
    static final int NAMED_ROWS = 20;
}
