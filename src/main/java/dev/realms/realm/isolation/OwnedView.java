package dev.realms.realm.isolation;

import dev.realms.sql.ColumnNames;
import dev.realms.web.Cursor;
import dev.realms.web.Listed;
import dev.realms.web.Page;
import dev.realms.web.PageRequest;
import dev.realms.web.Pages;
import dev.realms.web.problem.ConstraintProblems;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What callers see of an owned entity, and how it is read in JPQL: one row by id, or a page of them, newest first or sorted by
 * name, by key, which is as fast on the last page as on the first. The statements have all their values as parameters, the limit, too, so that EclipseLink writes
 * each of them once.
 *
 * @param entity whose simple name is its JPA name; the row is {@code r}
 * @param of the view of a row that is in memory, and may ask for what the row does not hold
 * @param view a record with a constructor for the items
 * @param items expressions, in the order of the view's components, behind the id; those that every {@link NamedRow} has besides follow by themselves
 * @param longText the item that may be so long that the database looks how many of it fit a page before it sends them; pre-realm rows
 *     may hold texts of any length
 */
public record OwnedView<T extends RealmScoped, V extends Record & Listed>(
        Class<T> entity, BiFunction<T, EntityManager, V> of, Class<V> view, String items, Optional<String> longText) {

    /**
     * What a list is filtered by.
     *
     * @param attribute a name of ours, never text of a caller
     * @param value null stands for any, a moment for whatever is as late or later
     */
    public record Filter(String attribute, Object value) {

        /** The column of a constant may be an enum's. */
        private String condition() {
            String condition = "r.%1$s = :%1$s";
            if (value instanceof Enum) {
                condition = "SQL('? = ANY (?)', r.%1$s, :%1$s)";
            } else if (value instanceof Instant) {
                condition = "SQL('? >= ?', r.%1$s, :%1$s)";
            }
            return condition.formatted(attribute);
        }

        /** Whether the database says which type it has: constants and moments have another one in each shape. */
        private boolean isOfColumn() {
            return value instanceof Enum || value instanceof Instant;
        }

        private String column() {
            return ColumnNames.of(attribute);
        }
    }

    /** A row as it comes, with what is asked for besides: whether the page is full before it, and what it is sorted by. */
    private record Row<V>(V view, boolean isBeyond, String nameKey) {

        Cursor.Position position(Listed of) {
            return new Cursor.Position(of.createdAt(), of.id(), null, nameKey);
        }
    }

    /**
     * How many bytes the texts of the rows before this one have, of which there are at least as many as characters. PostgreSQL adds them
     * up as it reads, in the order of the list, and ends with the page.
     */
    private static final String IS_FULL =
            "coalesce(sum(octet_length(?)) OVER (ORDER BY %s ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) >= "
                    + Pages.MOST_TEXT;

    public OwnedView(Class<T> entity, BiFunction<T, EntityManager, V> of, Class<V> view, String items) {
        this(entity, of, view, items, Optional.empty());
    }

    /** Of a row that holds all that callers see of it. */
    public OwnedView(Class<T> entity, Function<T, V> of, Class<V> view, String items) {
        this(entity, (row, em) -> of.apply(row), view, items);
    }

    /** @param item one of the items */
    public OwnedView<T, V> withLongText(String item) {
        return new OwnedView<>(entity, of, view, items, Optional.of(item));
    }

    Optional<V> find(EntityManager em, String id) {
        Query query = em.createQuery(
                        "SELECT %s FROM %s r WHERE r.id = :id".formatted(constructor(items), entity.getSimpleName()))
                .setParameter("id", id);
        return rows(query).stream().findFirst().map(view::cast);
    }

    Page<V> page(EntityManager em, PageRequest page, Filter... filters) {
        boolean byName = page.names().sorted();
        boolean isSearched = page.names().areSearched();
        List<?> found = rows(query(em, isSearched ? "r.id" : listed(byName), page, filters));
        List<Row<V>> rows = (isSearched ? withIds(em, found, byName) : found)
                .stream().map(row -> row(row, byName)).toList();
        List<Row<V>> shown = rows.stream().takeWhile(row -> !row.isBeyond()).toList();
        boolean more = shown.size() < rows.size() || found.size() > page.limit();
        return Pages.of(shown, more && !shown.isEmpty(), page, Row::view, last -> last.position(last.view()));
    }

    private Query query(EntityManager em, String selected, PageRequest page, Filter... filters) {
        List<Filter> wanted =
                Stream.of(filters).filter(filter -> filter.value() != null).toList();
        Query query = em.createQuery(select(selected, wanted, page))
                // A parameter, of which PostgreSQL expects that it is small. A number that is more than an average
                // realm has rows would let it read whole realms and sort them, the large ones, too.
                .setParameter("most", page.limit() + 1);
        wanted.forEach(filter -> query.setParameter(
                filter.attribute(),
                filter.isOfColumn() ? columnValue(filter.column(), filter.value()) : filter.value()));
        NameConditions.bind(page.names(), query);
        page.after()
                .ifPresent(last -> query.setParameter(
                                "at",
                                page.names().sorted() ? last.nameKey() : columnValue("created_at", last.createdAt()))
                        .setParameter("id", columnValue("id", last.id())));
        return query;
    }

    private String select(String selected, List<Filter> filters, PageRequest page) {
        boolean byName = page.names().sorted();
        List<String> conditions = new ArrayList<>();
        filters.forEach(filter -> conditions.add(filter.condition()));
        conditions.addAll(NameConditions.of(page.names()));
        if (page.after().isPresent()) {
            conditions.add(
                    byName
                            ? "SQL('(?, ?) > (?, ?)', r.nameKey, r.id, :at, :id)"
                            : "SQL('(?, ?) < (?, ?)', r.createdAt, r.id, :at, :id)");
        }
        return "SELECT " + selected + " FROM " + entity.getSimpleName() + " r"
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions))
                + " ORDER BY "
                + (byName
                        ? "r.nameKey, SQL('? LIMIT ?', r.id, :most)"
                        : "r.createdAt DESC, SQL('? DESC LIMIT ?', r.id, :most)");
    }

    /**
     * The index of names holds all that a search asks for, and the ids. Looked for by themselves, they are found without a look at the
     * table, of which no row is read then but those of the page. Of an array PostgreSQL expects that it is short: where it knew how many ids there
     * are, it would rather read all of an average realm.
     */
    private List<?> withIds(EntityManager em, List<?> ids, boolean byName) {
        return ids.isEmpty()
                ? List.of()
                : rows(em.createQuery("SELECT " + listed(byName) + " FROM " + entity.getSimpleName()
                                + " r WHERE SQL('? = ANY (?)', r.id, :ids) ORDER BY "
                                + (byName ? "r.nameKey, r.id" : "r.createdAt DESC, r.id DESC"))
                        .setParameter("ids", columnValue("id", ids)));
    }

    private ColumnValue columnValue(String column, Object value) {
        return new ColumnValue(entity.getAnnotation(Table.class).name(), column, value);
    }

    private String listed(boolean byName) {
        String key = byName ? ", r.nameKey" : "";
        if (longText.isEmpty()) {
            return constructor(items) + key;
        }
        String item = longText.get();
        String isFull = IS_FULL.formatted(byName ? "?, ?" : "? DESC, ? DESC");
        String arguments = item + ", r." + (byName ? "nameKey" : "createdAt") + ", r.id";
        String fitting = "SQL('CASE WHEN NOT " + isFull + " THEN ? END', " + arguments + ", " + item + ")";
        return constructor(items.replace(item, fitting)) + ", SQL('" + isFull + "', " + arguments + ")" + key;
    }

    private String constructor(String arguments) {
        return "NEW " + view.getName() + "(r.id, " + arguments
                + (NamedRow.class.isAssignableFrom(entity) ? ", r.createdAt, r.updatedAt, r.userId, r.realmId)" : ")");
    }

    private Row<V> row(Object selected, boolean byName) {
        Object[] row = selected instanceof Object[] several ? several : new Object[] {selected};
        return new Row<>(
                view.cast(row[0]),
                longText.isPresent() && (Boolean) row[1],
                byName ? (String) row[row.length - 1] : "");
    }

    private static List<?> rows(Query query) {
        return ConstraintProblems.explain(query::getResultList);
    }
}
