package dev.realms.web;

import dev.realms.web.json.TextLength;
import dev.realms.web.problem.DomainException;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The query parameters of every list of things that have a name. Their bounds are for the description of the API; what is wrong is told by {@link #page}. */
public class ListParameters {

    @QueryParam("name")
    @TextLength(min = 1, max = QueryValue.LONGEST)
    private String name;

    @QueryParam("namePrefix")
    @TextLength(min = 1, max = QueryValue.LONGEST)
    private String namePrefix;

    @QueryParam("sort")
    @Pattern(regexp = "name")
    private String sort;

    @QueryParam("limit")
    private String limit;

    @QueryParam("cursor")
    private String cursor;

    @Context
    private UriInfo uri;

    /**
     * @param list names the list, for instance by its realm's id. Its cursors are good for the same order and filters only
     * @throws DomainException {@code validation} when a parameter is not valid
     */
    public PageRequest page(String list) {
        if (sort != null && !sort.equals("name")) {
            throw DomainException.invalid("sort", "must be name");
        }
        Names names = new Names(
                QueryValue.searched("name", name), QueryValue.searched("namePrefix", namePrefix), sort != null);
        return PageRequest.of(list + "-" + fingerprint(), names, limit, cursor);
    }

    public Response answer(Page<?> page) {
        return Pages.answer(page, uri);
    }

    /** Of whatever else than a place in the list was asked for. */
    private String fingerprint() {
        Map<String, List<String>> others = new TreeMap<>(uri.getQueryParameters());
        others.keySet().removeAll(List.of("", "limit", "cursor"));
        return Integer.toHexString(others.hashCode());
    }
}
