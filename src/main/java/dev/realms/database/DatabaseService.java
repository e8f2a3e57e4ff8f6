package dev.realms.database;

import dev.realms.realm.isolation.OwnedRows;
import dev.realms.realm.isolation.OwnedRows.Reference;
import dev.realms.realm.isolation.OwnedView;
import dev.realms.realm.isolation.OwnedView.Filter;
import dev.realms.realm.isolation.RealmContext;
import dev.realms.web.Page;
import dev.realms.web.PageRequest;
import dev.realms.web.json.ResourceUpdate;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** The databases of the open realm. */
@Stateless
public class DatabaseService {

    private static final String DOCUMENTS =
            "COALESCE(r.documentCount, (SELECT COUNT(d.id) FROM Document d WHERE d.databaseId = r.id))";

    private static final OwnedView<Database, DatabaseView> VIEW = new OwnedView<>(
                    Database.class,
                    Database::view,
                    DatabaseView.class,
                    "r.name, r.description, " + DOCUMENTS + ", r.lastUpdated, r.serverId")
            .withLongText("r.description");

    private static final Reference<DatabaseView, UpdateDatabase> SERVER =
            new Reference<>("serverId", "Server", DatabaseView::serverId, UpdateDatabase::serverId, false);

    @Inject
    private OwnedRows rows;

    @Inject
    private RealmContext realm;

    /** @param serverId null for the databases of all servers */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Page<DatabaseView> list(PageRequest page, String serverId) {
        return rows.page(VIEW, page, new Filter("serverId", serverId));
    }

    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public DatabaseView get(String id) {
        return rows.view(VIEW, id);
    }

    /** @throws dev.realms.web.problem.DomainException {@code name-taken} */
    public DatabaseView create(CreateDatabase input) {
        return rows.add(VIEW, new Database(realm, rows.requireReference(SERVER, input.serverId(), input)));
    }

    public DatabaseView update(String id, ResourceUpdate<UpdateDatabase> update, String ifMatch) {
        return rows.change(VIEW, id, ifMatch, SERVER, update, Database::update);
    }

    /** Leaves the database's documents behind, with no database. */
    public void delete(String id, String ifMatch) {
        rows.remove(VIEW, id, ifMatch);
    }
}
