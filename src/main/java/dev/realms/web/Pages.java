package dev.realms.web;

import dev.realms.web.json.RecordJson;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Makes pages of rows, and answers of pages. */
public final class Pages {

    /**
     * Characters. A page that holds more has ended, whatever its limit: two hundred callers at a time may ask for the longest texts that
     * there are, and the service has to hold them.
     */
    public static final int MOST_TEXT = 1 << 17;

    private Pages() {}

    /** From up to {@code limit + 1} rows: one too many, or one that no longer fits, says that there is a next page. */
    public static <R, T extends Record> Page<T> of(
            List<R> rows, PageRequest request, Function<R, T> view, Function<R, Cursor.Position> position) {
        return of(rows, false, request, view, position);
    }

    /** @param more whether other rows are known to follow those that are here */
    public static <R, T extends Record> Page<T> of(
            List<R> rows,
            boolean more,
            PageRequest request,
            Function<R, T> view,
            Function<R, Cursor.Position> position) {
        List<T> shown = new ArrayList<>();
        int text = 0;
        while (shown.size() < Math.min(rows.size(), request.limit()) && text < MOST_TEXT) {
            T item = view.apply(rows.get(shown.size()));
            shown.add(item);
            text += RecordJson.length(item);
        }
        return new Page<>(
                List.copyOf(shown),
                more || shown.size() < rows.size()
                        ? Cursor.encode(request.scope(), position.apply(rows.get(shown.size() - 1)))
                        : null);
    }

    /** 200, with a {@code Link} header to the next page, a path, where there is one. */
    public static Response answer(Page<?> page, UriInfo uri) {
        Response.ResponseBuilder answer = Response.ok(page);
        if (page.nextCursor() != null) {
            URI next = uri.getRequestUriBuilder()
                    .replaceQueryParam("cursor", page.nextCursor())
                    .build();
            answer.header(HttpHeaders.LINK, "<" + next.getRawPath() + "?" + next.getRawQuery() + ">; rel=\"next\"");
        }
        return answer.build();
    }
}
