package dev.realms.testing;

import dev.realms.realm.isolation.RealmContext;
import java.util.UUID;

/** Realms for unit tests of owned entities. */
public final class Realms {

    private Realms() {}

    public static RealmContext any() {
        RealmContext realm = new RealmContext();
        realm.enter(UUID.randomUUID(), "owner");
        return realm;
    }
}
