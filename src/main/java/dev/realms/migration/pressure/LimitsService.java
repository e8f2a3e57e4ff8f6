package dev.realms.migration.pressure;

import dev.realms.ops.AuditEntry;
import dev.realms.ops.OwnerDatabase;
import dev.realms.ops.Transactions;
import dev.realms.settings.SettingException;
import dev.realms.settings.Settings;
import dev.realms.web.ETags;
import dev.realms.web.json.Patch;
import dev.realms.web.json.RecordBinder;
import dev.realms.web.json.RecordJson;
import dev.realms.web.problem.DomainException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The limits, as operators see and change them. */
@ApplicationScoped
public class LimitsService {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    @Inject
    private OwnerDatabase database;

    @Inject
    private RecordBinder binder;

    Limits get() {
        return database.ask(Limits::read);
    }

    /** @throws DomainException {@code validation}, {@code stale} */
    Limits patch(String actor, Patch patch, String ifMatch) {
        return database.ask(connection -> Transactions.run(connection, transaction -> {
            Limits before = Limits.lock(transaction);
            ETags.requireMatch(ifMatch, before);
            Limits after = patch.applyTo(before, Limits.class, binder);
            Set<String> names = patch.members().keySet();
            after.write(transaction, names);
            audit(transaction, actor, after, names);
            return after;
        }));
    }

    /**
     * Sets what a node's settings say.
     *
     * @param written numbers by the limits' names; {@code none} for a limit that is not to be
     */
    public void set(Map<String, String> written) {
        if (!written.isEmpty()) {
            patch(AuditEntry.SYSTEM, patch(written), null);
        }
    }

    /** @throws SettingException when there is no such limit, or it can't be what is written */
    public void require(Map<String, String> written) {
        try {
            patch(written).applyTo(Limits.DEFAULT, Limits.class, binder);
        } catch (DomainException wrong) {
            throw new SettingException(Settings.MIGRATION_LIMITS + ": " + wrong.getMessage());
        }
    }

    private static Patch patch(Map<String, String> written) {
        Map<String, Object> members = new LinkedHashMap<>();
        written.forEach((name, value) -> {
            if (value.equals("none")) {
                members.put(name, null);
            } else {
                members.put(name, NUMBER.matcher(value).matches() ? new BigDecimal(value) : value);
            }
        });
        return new Patch(members);
    }

    private static void audit(Connection connection, String actor, Limits after, Set<String> names)
            throws SQLException {
        JsonObject values = RecordJson.json(after);
        JsonObjectBuilder set = Json.createObjectBuilder();
        names.forEach(name -> set.add(name, values.get(name)));
        new AuditEntry(actor, "limits", set.build()).write(connection, "set");
    }
}
