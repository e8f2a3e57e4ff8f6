package dev.realms.database;

import dev.realms.realm.isolation.OwnedRows;
import dev.realms.realm.isolation.RealmContext;
import dev.realms.realm.isolation.ViewQuery;
import dev.realms.web.ETags;
import dev.realms.web.Page;
import dev.realms.web.PageRequest;
import dev.realms.web.json.Patch;
import dev.realms.web.json.RecordBinder;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** The databases of the open realm. */
@Stateless
public class DatabaseService {

    private static final ViewQuery<DatabaseView> VIEW = new ViewQuery<>(
                    DatabaseView.class, "Database", "r.name, r.description, r.documentCount, r.lastUpdated, r.serverId")
            .withLongText("r.description");

    @Inject
    private OwnedRows rows;

    @Inject
    private RealmContext realm;

    @Inject
    private RecordBinder binder;

    /** @param serverId null for the databases of all servers */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public Page<DatabaseView> list(PageRequest page, UUID serverId) {
        return rows.page(VIEW, page, Collections.singletonMap("serverId", serverId));
    }

    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public DatabaseView get(UUID id) {
        return rows.view(VIEW, id);
    }

    /** @throws dev.realms.web.problem.DomainException {@code name-taken} */
    public DatabaseView create(CreateDatabase input) {
        requireServer(input.serverId());
        Database database = new Database(realm, input);
        rows.add(database);
        return database.view();
    }

    public DatabaseView update(UUID id, UpdateDatabase input, String ifMatch) {
        return change(id, current -> input, ifMatch);
    }

    public DatabaseView patch(UUID id, Patch patch, String ifMatch) {
        return change(id, current -> patch.applyTo(current, UpdateDatabase.class, binder), ifMatch);
    }

    /** Leaves the database's documents behind, with no database. */
    public void delete(UUID id, String ifMatch) {
        Database database = rows.lock(Database.class, id);
        ETags.requireMatch(ifMatch, database.view());
        rows.remove(database);
    }

    private DatabaseView change(UUID id, UnaryOperator<UpdateDatabase> change, String ifMatch) {
        lockServer(rows.get(Database.class, id), change, ifMatch);
        return rows.change(Database.class, id, ifMatch, Database::view, database -> {
            UpdateDatabase input = change.apply(UpdateDatabase.of(database.view()));
            if (!database.isOn(input.serverId())) {
                requireServer(input.serverId());
            }
            database.update(input);
        });
    }

    /** The one it will be moved to, before the database itself: the order in which a server is deleted. */
    private void lockServer(Database unlocked, UnaryOperator<UpdateDatabase> change, String ifMatch) {
        ETags.requireMatch(ifMatch, unlocked.view());
        UUID target = change.apply(UpdateDatabase.of(unlocked.view())).serverId();
        if (!unlocked.isOn(target)) {
            rows.lock("Server", "id", target);
        }
    }

    private void requireServer(UUID id) {
        rows.requireReference("serverId", "Server", id);
    }
}
