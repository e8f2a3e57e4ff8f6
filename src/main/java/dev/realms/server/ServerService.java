package dev.realms.server;

import dev.realms.realm.isolation.OwnedRows;
import dev.realms.realm.isolation.RealmContext;
import dev.realms.realm.isolation.ViewQuery;
import dev.realms.security.secret.SecretBox;
import dev.realms.web.ETags;
import dev.realms.web.Page;
import dev.realms.web.PageRequest;
import dev.realms.web.json.Patch;
import dev.realms.web.json.RecordBinder;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** The servers of the open realm. */
@Stateless
public class ServerService {

    private static final ViewQuery<ServerView> VIEW = new ViewQuery<>(
            ServerView.class,
            "Server",
            "r.name, r.type, r.host, r.port, r.username, SQL('? IS NOT NULL', r.password),"
                    + " SQL('? IS NOT NULL', r.apiKey), r.database, r.collection, r.isActive, r.lastConnected");

    @Inject
    private OwnedRows rows;

    @Inject
    private RealmContext realm;

    @Inject
    private SecretBox secrets;

    @Inject
    private RecordBinder binder;

    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public Page<ServerView> list(PageRequest page) {
        return rows.page(VIEW, page, Map.of());
    }

    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public ServerView get(UUID id) {
        return rows.view(VIEW, id);
    }

    public ServerView create(CreateServer input) {
        Server server = new Server(realm, input, secrets);
        rows.add(server);
        return server.view();
    }

    public ServerView update(UUID id, UpdateServer input, String ifMatch) {
        return change(id, current -> input, ifMatch);
    }

    public ServerView patch(UUID id, Patch patch, String ifMatch) {
        return change(id, current -> patch.applyTo(current, UpdateServer.class, binder), ifMatch);
    }

    /** Takes the server's databases along. */
    public void delete(UUID id, String ifMatch) {
        Server server = rows.lock(Server.class, id);
        ETags.requireMatch(ifMatch, server.view());
        rows.lock("Database", "serverId", id);
        rows.remove(server);
    }

    private ServerView change(UUID id, UnaryOperator<UpdateServer> change, String ifMatch) {
        return rows.change(
                Server.class,
                id,
                ifMatch,
                Server::view,
                server -> server.update(change.apply(UpdateServer.of(server.view())), secrets));
    }
}
