package dev.realms.ops;

import dev.realms.sql.Sql;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Who did what with which parameters: ids and counts, never e-mails or secrets.
 *
 * @param actor the id of a user, or {@link #SYSTEM}
 */
public record AuditEntry(String actor, String act, JsonObject parameters) {

    public static final String SYSTEM = "system";

    public AuditEntry(String actor, String act) {
        this(actor, act, JsonValue.EMPTY_JSON_OBJECT);
    }

    public static AuditEntry bySystem(String act) {
        return new AuditEntry(SYSTEM, act);
    }

    /** In auto-commit mode, or in the transaction of the act itself. */
    public void write(Connection connection, String outcome) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO migration.audit_log (actor, act, parameters, outcome) VALUES (?, ?, ?::jsonb, ?)",
                actor,
                act,
                parameters.toString(),
                outcome);
    }
}
