package dev.realms.realm.isolation.audit;

/**
 * Something that holds of every row of a table at all times.
 *
 * @param name in kebab-case
 * @param rows the rows that are asked: a table, perhaps with a condition
 * @param wrong a query for the {@code id} of each row of which it does not hold
 */
record Invariant(String name, String table, String rows, String wrong) {

    /** One that a row shows by itself. */
    static Invariant ofRow(String name, String table, String violated) {
        return new Invariant(name, table, table, "SELECT id FROM " + table + " WHERE " + violated);
    }

    /** One that a row shows together with others. */
    static Invariant ofRows(String name, String table, String wrong) {
        return new Invariant(name, table, table, wrong);
    }
}
