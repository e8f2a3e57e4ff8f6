package dev.realms.migration.rollback;

import java.util.List;

/** Rows that something is said about. @param ids the first thousand of them */
public record Rows(long count, List<String> ids) {

    static final int NAMED = 1000;
}
