package dev.realms.migration.check;

import java.util.List;

/**
 * Something in the database that the migration meets.
 *
 * @param code in kebab-case
 * @param blocks whether the migration refuses to start as long as it is there, with this answer
 * @param count how many rows or sessions
 * @param ids the first of them, never a value of a row
 * @param answers what may be done about it, the default first
 * @param answer what will be done about it
 */
public record Finding(
        String code,
        boolean blocks,
        String description,
        long count,
        List<String> ids,
        List<String> answers,
        String answer) {}
