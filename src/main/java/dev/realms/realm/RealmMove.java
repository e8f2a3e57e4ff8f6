package dev.realms.realm;

import java.util.List;
import java.util.UUID;

/**
 * What goes, or would go, to another realm, and what gets in the way, of which the first hundred of each kind are named.
 *
 * @param moved those that come along included
 * @param torn what goes while what it belongs to stays
 * @param taken databases whose name another one has there
 */
public record RealmMove(UUID targetRealmId, boolean dryRun, RowCounts moved, List<Torn> torn, List<TakenName> taken) {

    /** @param kind {@code database}, which belongs to a server, or {@code document}, which belongs to a database. @param belongsTo its id */
    public record Torn(String kind, String id, String name, String belongsTo) {}

    /** @param newName what it is called there, if it may be renamed */
    public record TakenName(String id, String name, String newName) {}
}
