package dev.realms.client;

import dev.realms.web.Page;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/** A whole list, page after page. */
public final class PageStream {

    private PageStream() {}

    /**
     * Asks for a page when the one before has been used up.
     *
     * @param list asks for the page after a cursor, the first one for null, such as
     *     {@code cursor -> documents.list(realmId, null, null, null, ListQuery.ALL.after(cursor))}
     */
    public static <T> Stream<T> of(Function<String, Page<T>> list) {
        return Stream.iterate(list.apply(null), Objects::nonNull, page -> next(page, list))
                .flatMap(page -> page.items().stream());
    }

    private static <T> Page<T> next(Page<T> page, Function<String, Page<T>> list) {
        return page.nextCursor() == null ? null : list.apply(page.nextCursor());
    }
}
