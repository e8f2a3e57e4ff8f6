package dev.realms.realm.isolation;

import dev.realms.sql.Untyped;
import dev.realms.testing.InServer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;

/** Opens realms for the current transaction, on whichever thread, also where no request is. */
@InServer
@ApplicationScoped
class TrialGate {

    @Inject
    private TransactionConnection transaction;

    void open(UUID realmId, String ownerId) {
        transaction.call("SELECT realms.enter_realm(?, ?, NULL)", realmId, new Untyped(ownerId));
    }
}
