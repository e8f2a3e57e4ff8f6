package dev.realms.server;

import dev.realms.realm.isolation.NamedRow;
import dev.realms.realm.isolation.RealmContext;
import dev.realms.security.secret.SecretBox;
import dev.realms.security.secret.SecretBox.AssociatedData;
import dev.realms.web.json.Change;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;

/** A vector or graph database server of a realm. Its credentials are held sealed, or plain where they are from before realms. */
@Entity
@Table(name = "database_servers")
class Server extends NamedRow {

    private String name;

    @Enumerated(EnumType.STRING)
    private ServerType type;

    private String host;

    private int port;

    private String username;

    private String password;

    @Column(name = "api_key")
    private String apiKey;

    private String database;

    private String collection;

    @Column(name = "is_active")
    private boolean isActive;

    @Column(name = "last_connected")
    private Instant lastConnected;

    protected Server() {}

    Server(RealmContext realm, CreateServer input, SecretBox secrets) {
        super(realm);
        update(
                new UpdateServer(
                        input.name(),
                        input.type(),
                        input.host(),
                        input.port(),
                        input.username(),
                        new Change<>(input.password()),
                        new Change<>(input.apiKey()),
                        input.database(),
                        input.collection(),
                        input.isActive(),
                        input.lastConnected()),
                secrets);
    }

    void update(UpdateServer input, SecretBox secrets) {
        name = input.name();
        type = input.type();
        host = input.host();
        port = input.port();
        username = input.username();
        password = changed("password", password, input.password(), secrets);
        apiKey = changed("api_key", apiKey, input.apiKey(), secrets);
        database = input.database();
        collection = input.collection();
        isActive = Objects.requireNonNullElse(input.isActive(), isActive);
        lastConnected = input.lastConnected();
    }

    private String changed(String field, String stored, Change<String> change, SecretBox secrets) {
        if (change == null) {
            return stored;
        }
        return change.value() == null
                ? null
                : secrets.seal(change.value(), AssociatedData.ofField(realmId(), id(), field));
    }

    ServerView view() {
        return new ServerView(
                id(),
                name,
                type,
                host,
                port,
                username,
                password != null,
                apiKey != null,
                database,
                collection,
                isActive,
                lastConnected,
                createdAt(),
                updatedAt(),
                userId(),
                realmId());
    }
}
