package dev.realms.http;

import jakarta.ws.rs.core.Link;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.function.Function;

/** A page of a list, newest first; {@code nextCursor} is null on the last one. */
public record Page<T>(List<T> items, String nextCursor) {

    /** From up to {@code limit + 1} rows: the one too many says that there is a next page. */
    public static <R, T> Page<T> of(
            List<R> rows, PageRequest request, Function<R, T> view, Function<R, Cursor.Position> position) {
        boolean more = rows.size() > request.limit();
        return of(more ? rows.subList(0, request.limit()) : rows, more, request, view, position);
    }

    /** @param more whether other rows follow those that are shown */
    public static <R, T> Page<T> of(
            List<R> shown,
            boolean more,
            PageRequest request,
            Function<R, T> view,
            Function<R, Cursor.Position> position) {
        String next = more ? Cursor.encode(request.scope(), position.apply(shown.get(shown.size() - 1))) : null;
        return new Page<>(shown.stream().map(view).toList(), next);
    }

    /** 200, with a {@code Link} header to the next page where there is one. */
    public Response answer(UriInfo uri) {
        Response.ResponseBuilder answer = Response.ok(this);
        if (nextCursor != null) {
            answer.links(Link.fromUri(uri.getRequestUriBuilder()
                            .replaceQueryParam("cursor", nextCursor)
                            .build())
                    .rel("next")
                    .build());
        }
        return answer.build();
    }
}
