package dev.realms.realm.isolation;

import dev.realms.web.Cursor;
import dev.realms.web.Listed;
import dev.realms.web.Page;
import dev.realms.web.PageRequest;
import dev.realms.web.problem.ConstraintProblems;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/**
 * How rows of the open realm are read as views, in JPQL: one row by id, or a page of them, newest first, by key, which is as fast on
 * the last page as on the first. The statements have all their values as parameters, the limit, too, so that EclipseLink writes each of
 * them once.
 *
 * @param view a record with a constructor for the items
 * @param entity its JPA name; the row is {@code r}
 * @param items expressions, in the order of the view's components, between the id and the four that every owned row has besides
 * @param longText the item that may be so long that the database looks how many of it fit a page before it sends them; rows from before
 *     realms may hold texts of any length
 */
public record ViewQuery<V extends Record & Listed>(
        Class<V> view, String entity, String items, Optional<String> longText) {

    /**
     * How many bytes the texts of the rows before this one have, of which there are at least as many as characters. PostgreSQL adds them
     * up as it reads, in the order of the list, and ends with the page.
     */
    private static final String IS_FULL =
            "coalesce(sum(octet_length(?)) OVER (ORDER BY ? DESC, ? DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) >= "
                    + Page.MOST_TEXT;

    public ViewQuery(Class<V> view, String entity, String items) {
        this(view, entity, items, Optional.empty());
    }

    /** @param item one of the items */
    public ViewQuery<V> withLongText(String item) {
        return new ViewQuery<>(view, entity, items, Optional.of(item));
    }

    Optional<V> find(EntityManager em, UUID id) {
        Query query = em.createQuery("SELECT %s FROM %s r WHERE r.id = :id".formatted(constructor(items), entity))
                .setParameter("id", id);
        return rows(query).stream().findFirst().map(view::cast);
    }

    /** @param filters by attribute; null stands for any value */
    Page<V> page(EntityManager em, PageRequest page, Map<String, ?> filters) {
        Map<String, Object> wanted = new TreeMap<>();
        filters.forEach((attribute, value) -> {
            if (value != null) {
                wanted.put(attribute, value);
            }
        });
        Query query = em.createQuery(select(wanted.keySet(), page))
                // A parameter, of which PostgreSQL expects that it is small. A number that is more than an average
                // realm has rows would let it read whole realms and sort them, the large ones, too.
                .setParameter("most", page.limit() + 1);
        wanted.forEach(query::setParameter);
        page.after()
                .ifPresent(last -> query.setParameter("at", last.createdAt().atOffset(ZoneOffset.UTC))
                        .setParameter("id", last.id()));
        List<?> rows = rows(query);
        List<V> shown = longText.isEmpty() ? rows.stream().map(view::cast).toList() : thoseThatFit(rows);
        return Page.of(
                shown,
                shown.size() < rows.size(),
                page,
                Function.identity(),
                last -> new Cursor.Position(last.createdAt(), last.id()));
    }

    private String select(Set<String> attributes, PageRequest page) {
        List<String> conditions = new ArrayList<>();
        attributes.forEach(attribute -> conditions.add("r.%1$s = :%1$s".formatted(attribute)));
        if (page.after().isPresent()) {
            conditions.add("SQL('(?, ?) < (?, ?)', r.createdAt, r.id, :at, :id)");
        }
        return "SELECT " + listed() + " FROM " + entity + " r"
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions))
                + " ORDER BY r.createdAt DESC, SQL('? DESC LIMIT ?', r.id, :most)";
    }

    private String listed() {
        if (longText.isEmpty()) {
            return constructor(items);
        }
        String item = longText.get();
        String isFull = "SQL('" + IS_FULL + "', " + item + ", r.createdAt, r.id)";
        String fitting =
                "SQL('CASE WHEN NOT " + IS_FULL + " THEN ? END', " + item + ", r.createdAt, r.id, " + item + ")";
        return constructor(items.replace(item, fitting)) + ", " + isFull;
    }

    private String constructor(String arguments) {
        return "NEW " + view.getName() + "(r.id, " + arguments + ", r.createdAt, r.updatedAt, r.userId, r.realmId)";
    }

    private List<V> thoseThatFit(List<?> rows) {
        return rows.stream()
                .map(Object[].class::cast)
                .takeWhile(row -> !(Boolean) row[1])
                .map(row -> view.cast(row[0]))
                .toList();
    }

    private static List<?> rows(Query query) {
        return ConstraintProblems.explain(query::getResultList);
    }
}
