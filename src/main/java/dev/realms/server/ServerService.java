package dev.realms.server;

import dev.realms.realm.isolation.OwnedRows;
import dev.realms.realm.isolation.OwnedView;
import dev.realms.realm.isolation.RealmContext;
import dev.realms.security.secret.SecretBox;
import dev.realms.web.Page;
import dev.realms.web.PageRequest;
import dev.realms.web.json.ResourceUpdate;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** The servers of the open realm. */
@Stateless
public class ServerService {

    private static final OwnedView<Server, ServerView> VIEW = new OwnedView<>(
            Server.class,
            Server::view,
            ServerView.class,
            "r.name, r.type, r.host, r.port, r.username, SQL('? IS NOT NULL', r.password),"
                    + " SQL('? IS NOT NULL', r.apiKey), r.database, r.collection, r.isActive, r.lastConnected");

    @Inject
    private OwnedRows rows;

    @Inject
    private RealmContext realm;

    @Inject
    private SecretBox secrets;

    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Page<ServerView> list(PageRequest page) {
        return rows.page(VIEW, page);
    }

    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public ServerView get(String id) {
        return rows.view(VIEW, id);
    }

    public ServerView create(CreateServer input) {
        return rows.add(VIEW, new Server(realm, input, secrets));
    }

    public ServerView update(String id, ResourceUpdate<UpdateServer> update, String ifMatch) {
        return rows.change(VIEW, id, ifMatch, update, (server, input) -> server.update(input, secrets));
    }

    /** Takes the server's databases along. */
    public void delete(String id, String ifMatch) {
        rows.remove(VIEW, id, ifMatch, "Database", "serverId");
    }
}
