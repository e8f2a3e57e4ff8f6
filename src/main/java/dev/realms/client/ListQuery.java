package dev.realms.client;

import jakarta.ws.rs.QueryParam;

/**
 * Which part of a list is asked for, and in which order: by default the first 50, newest first. Immutable; each method gives another one.
 */
public final class ListQuery {

    /** The first of all. */
    public static final ListQuery ALL = new ListQuery(null, null, null, null, null);

    @QueryParam("name")
    private final String name;

    @QueryParam("namePrefix")
    private final String namePrefix;

    @QueryParam("sort")
    private final String sort;

    @QueryParam("limit")
    private final Integer limit;

    @QueryParam("cursor")
    private final String cursor;

    private ListQuery(String name, String namePrefix, String sort, Integer limit, String cursor) {
        this.name = name;
        this.namePrefix = namePrefix;
        this.sort = sort;
        this.limit = limit;
        this.cursor = cursor;
    }

    /** Those whose name contains a text, ignoring case and Unicode form. */
    public ListQuery named(String part) {
        return new ListQuery(part, namePrefix, sort, limit, cursor);
    }

    /** Those whose name begins with a text, ignoring case and Unicode form. */
    public ListQuery startingWith(String prefix) {
        return new ListQuery(name, prefix, sort, limit, cursor);
    }

    /** In the order of their names. */
    public ListQuery byName() {
        return new ListQuery(name, namePrefix, "name", limit, cursor);
    }

    /** @param items of a page, 1 to 200 */
    public ListQuery atMost(int items) {
        return new ListQuery(name, namePrefix, sort, items, cursor);
    }

    /** @param nextCursor of the page before; null for the first page */
    public ListQuery after(String nextCursor) {
        return new ListQuery(name, namePrefix, sort, limit, nextCursor);
    }
}
