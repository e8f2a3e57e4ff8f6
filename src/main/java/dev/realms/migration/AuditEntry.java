package dev.realms.migration;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Who did what with which parameters: ids and counts, never e-mails or secrets.
 *
 * @param actor the id of a user, or {@link #SYSTEM}
 */
record AuditEntry(String actor, String act, JsonObject parameters) {

    static final String SYSTEM = "system";

    AuditEntry(String actor, String act) {
        this(actor, act, JsonValue.EMPTY_JSON_OBJECT);
    }

    static AuditEntry bySystem(String act) {
        return new AuditEntry(SYSTEM, act);
    }

    /** For acts that move no state; {@link StateStore#move} writes the others. */
    void write(Connection connection, String outcome) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO migration.audit_log (actor, act, parameters, outcome) VALUES (?, ?, ?::jsonb, ?)")) {
            insert.setString(1, actor);
            insert.setString(2, act);
            insert.setString(3, parameters.toString());
            insert.setString(4, outcome);
            insert.executeUpdate();
        }
    }
}
