package dev.realms.migration.answer;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The book of every change that an answer made. */
public final class Ledger {

    private Ledger() {}

    /** Finalizing drops it, and the answers with it. */
    public static boolean isKept(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT to_regclass('migration.ledger') IS NOT NULL"
                        + " AND to_regclass('migration.answers') IS NOT NULL")) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
