package dev.realms.migration.state;

import dev.realms.ops.OwnerDatabase;
import dev.realms.sql.Sql;
import dev.realms.web.Cursor;
import dev.realms.web.Page;
import dev.realms.web.PageRequest;
import dev.realms.web.Pages;
import dev.realms.web.json.RecordJson;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** The audit log, to be read. */
@ApplicationScoped
public class MigrationEvents {

    /**
     * An act, as the audit log holds it: every move of the state, every refusal, every other thing an operator did.
     *
     * @param id grows with time
     * @param actor the id of a user, or {@code system}
     * @param parameters of a move {@code from}, the state before it, and the {@code reason} where there is one
     * @param outcome the new state, or how it ended
     */
    public record MigrationEvent(
            long id, Instant at, String actor, String act, JsonObject parameters, String outcome) {}

    /** What the cursors of this list are bound to. */
    public static final String LIST = "migration-events";

    private static final String COLUMNS = "SELECT id, at, actor, act, parameters, outcome FROM migration.audit_log ";

    @Inject
    private OwnerDatabase database;

    /** Newest first. */
    public Page<MigrationEvent> page(PageRequest request) {
        long before = request.after()
                .map(position -> Cursor.Position.as(Long::valueOf, position.id()))
                .orElse(Long.MAX_VALUE);
        List<MigrationEvent> events = database.ask(connection ->
                read(connection, COLUMNS + "WHERE id < ? ORDER BY id DESC LIMIT " + (request.limit() + 1), before));
        return Pages.of(
                events, request, event -> event, event -> new Cursor.Position(event.at(), Long.toString(event.id())));
    }

    /** Oldest first; at most as many as one look at the log may take. */
    public static List<MigrationEvent> after(Connection connection, long id) throws SQLException {
        return read(connection, COLUMNS + "WHERE id > ? ORDER BY id LIMIT 200", id);
    }

    /** The id of the newest, or 0. */
    public static long last(Connection connection) throws SQLException {
        return Sql.number(connection, "SELECT coalesce(max(id), 0) FROM migration.audit_log");
    }

    private static List<MigrationEvent> read(Connection connection, String sql, long id) throws SQLException {
        return Sql.list(connection, MigrationEvents::event, sql, id);
    }

    private static MigrationEvent event(ResultSet row) throws SQLException {
        return new MigrationEvent(
                row.getLong("id"),
                Sql.instant(row, "at"),
                row.getString("actor"),
                row.getString("act"),
                RecordJson.parse(row.getString("parameters")),
                row.getString("outcome"));
    }
}
