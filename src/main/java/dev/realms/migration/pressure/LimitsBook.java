package dev.realms.migration.pressure;

import dev.realms.http.ETags;
import dev.realms.http.Patch;
import dev.realms.http.RecordBinder;
import dev.realms.http.Records;
import dev.realms.owner.AuditEntry;
import dev.realms.owner.OwnerDatabase;
import dev.realms.owner.Transactions;
import dev.realms.problem.DomainException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/** The limits, as operators see and change them. */
@ApplicationScoped
class LimitsBook {

    @Inject
    private OwnerDatabase database;

    @Inject
    private RecordBinder binder;

    Limits get() {
        return database.ask(LimitsStore::read);
    }

    /** @throws DomainException {@code validation}, {@code stale} */
    Limits patch(String actor, Patch patch, String ifMatch) {
        return database.ask(connection -> Transactions.run(connection, transaction -> {
            Limits before = LimitsStore.lock(transaction);
            ETags.requireMatch(ifMatch, before);
            Limits after = patch.applyTo(before, Limits.class, binder);
            Set<String> names = patch.members().keySet();
            LimitsStore.write(transaction, after, names);
            audit(transaction, actor, after, names);
            return after;
        }));
    }

    private static void audit(Connection connection, String actor, Limits after, Set<String> names)
            throws SQLException {
        JsonObject values = Records.json(after);
        JsonObjectBuilder set = Json.createObjectBuilder();
        names.forEach(name -> set.add(name, values.get(name)));
        new AuditEntry(actor, "limits", set.build()).write(connection, "set");
    }
}
