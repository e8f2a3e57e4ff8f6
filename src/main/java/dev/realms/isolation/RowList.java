package dev.realms.isolation;

import dev.realms.http.Cursor;
import dev.realms.http.Page;
import dev.realms.http.PageRequest;
import dev.realms.http.Records;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A list of the open realm's rows, newest first, read by key: as fast on the last page as on the first. */
public final class RowList<T extends RealmScoped> {

    private final EntityManager em;
    private final Class<T> type;
    private final Map<String, Object> filters = new LinkedHashMap<>();

    RowList(EntityManager em, Class<T> type) {
        this.em = em;
        this.type = type;
    }

    /**
     * Only rows with this value.
     *
     * @param attribute a name of ours, never text of a caller: it becomes part of the query
     * @param value null for any
     */
    public RowList<T> where(String attribute, Object value) {
        if (value != null) {
            filters.put(attribute, value);
        }
        return this;
    }

    /** For views that hold something else than the columns. */
    public <V> Page<V> page(PageRequest page, Function<T, V> view) {
        return Page.of(
                query(page, "r", type).getResultList(),
                page,
                view,
                row -> new Cursor.Position(row.createdAt(), row.id()));
    }

    /**
     * Straight from the columns, without entities in between.
     *
     * @param view a record, each of whose components is named like an attribute; {@code id} and {@code createdAt} among them
     */
    public <V extends Record> Page<V> page(PageRequest page, Class<V> view) {
        List<String> attributes = Records.names(view);
        int id = attributes.indexOf("id");
        int createdAt = attributes.indexOf("createdAt");
        String columns = attributes.stream().map(name -> "r." + name).collect(Collectors.joining(", "));
        return Page.of(
                query(page, columns, Object[].class).getResultList(),
                page,
                row -> Records.make(view, row),
                row -> new Cursor.Position((Instant) row[createdAt], (UUID) row[id]));
    }

    private <R> TypedQuery<R> query(PageRequest page, String what, Class<R> result) {
        TypedQuery<R> query = em.createQuery(jpql(what, page.after().isPresent()), result);
        filters.forEach(query::setParameter);
        page.after()
                .ifPresent(last ->
                        query.setParameter("lastCreatedAt", last.createdAt()).setParameter("lastId", last.id()));
        return query.setMaxResults(page.limit() + 1);
    }

    private String jpql(String what, boolean goesOn) {
        StringBuilder jpql =
                new StringBuilder("SELECT " + what + " FROM " + type.getSimpleName() + " r WHERE r.id IS NOT NULL");
        filters.keySet().forEach(name -> jpql.append(" AND r.%1$s = :%1$s".formatted(name)));
        if (goesOn) {
            // The first condition says nothing new, but it is the one that the index can start from.
            jpql.append(" AND r.createdAt <= :lastCreatedAt")
                    .append(" AND (r.createdAt < :lastCreatedAt OR (r.createdAt = :lastCreatedAt AND r.id < :lastId))");
        }
        return jpql.append(" ORDER BY r.createdAt DESC, r.id DESC").toString();
    }
}
