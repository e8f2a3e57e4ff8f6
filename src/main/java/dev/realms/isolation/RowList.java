package dev.realms.isolation;

import dev.realms.http.Cursor;
import dev.realms.http.Listed;
import dev.realms.http.Page;
import dev.realms.http.PageRequest;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A list of the open realm's rows, newest first, read by key: as fast on the last page as on the first. */
public final class RowList<T extends RealmScoped> {

    private final RealmReader reader;
    private final Class<T> type;
    private final Map<String, Object> filters = new LinkedHashMap<>();

    RowList(RealmReader reader, Class<T> type) {
        this.reader = reader;
        this.type = type;
    }

    /**
     * Only rows with this value.
     *
     * @param attribute a name of ours, never text of a caller: it becomes part of the statement
     * @param value null for any
     */
    public RowList<T> where(String attribute, Object value) {
        if (value != null) {
            filters.put(attribute, value instanceof Enum<?> constant ? constant.name() : value);
        }
        return this;
    }

    /** @param view as {@link RowView} has it */
    public <V extends Record & Listed> Page<V> page(PageRequest page, Class<V> view) {
        RowView<V> rows = reader.view(type, view);
        StringBuilder sql = new StringBuilder(rows.select());
        List<Object> values = new ArrayList<>(filters.values());
        filters.keySet()
                .forEach(name -> sql.append(" AND ").append(rows.column(name)).append(" = ?"));
        page.after().ifPresent(last -> {
            sql.append(" AND (created_at, id) < (?, ?)");
            values.add(last.createdAt().atOffset(ZoneOffset.UTC));
            values.add(last.id());
        });
        // A parameter, of which PostgreSQL expects that it is small. A number that is more than an average realm has
        // rows would let it read whole realms and sort them, the large ones, too.
        sql.append(RowView.NEWEST_FIRST).append(" LIMIT ?");
        values.add(page.limit() + 1);
        RowView.Rows<V> read =
                reader.read(rows.page(sql.toString()), values, result -> rows.read(result, page.limit()));
        return Page.of(read.shown(), read.more(), page, () -> position(read.shown()));
    }

    private static <V extends Listed> Cursor.Position position(List<V> shown) {
        V last = shown.get(shown.size() - 1);
        return new Cursor.Position(last.createdAt(), last.id());
    }
}
