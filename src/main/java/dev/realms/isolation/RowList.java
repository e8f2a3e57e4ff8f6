package dev.realms.isolation;

import dev.realms.http.Cursor;
import dev.realms.http.Page;
import dev.realms.http.PageRequest;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

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

    public <V> Page<V> page(PageRequest page, Function<T, V> view) {
        TypedQuery<T> query = em.createQuery(jpql(page.after().isPresent()), type);
        filters.forEach(query::setParameter);
        page.after()
                .ifPresent(last ->
                        query.setParameter("lastCreatedAt", last.createdAt()).setParameter("lastId", last.id()));
        return Page.of(
                query.setMaxResults(page.limit() + 1).getResultList(),
                page,
                view,
                row -> new Cursor.Position(row.createdAt(), row.id()));
    }

    private String jpql(boolean goesOn) {
        StringBuilder jpql = new StringBuilder("SELECT r FROM " + type.getSimpleName() + " r WHERE r.id IS NOT NULL");
        filters.keySet().forEach(name -> jpql.append(" AND r.%1$s = :%1$s".formatted(name)));
        if (goesOn) {
            // The first condition says nothing new, but it is the one that the index can start from.
            jpql.append(" AND r.createdAt <= :lastCreatedAt")
                    .append(" AND (r.createdAt < :lastCreatedAt OR (r.createdAt = :lastCreatedAt AND r.id < :lastId))");
        }
        return jpql.append(" ORDER BY r.createdAt DESC, r.id DESC").toString();
    }
}
