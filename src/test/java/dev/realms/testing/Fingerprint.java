package dev.realms.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Tells whether anything in the database has changed: rows of all tables, counted and hashed. */
public final class Fingerprint implements AutoCloseable {

    private final Connection connection;
    private final String sql;

    public Fingerprint() throws SQLException {
        connection = TestDatabase.owner();
        sql = ask("""
                SELECT 'SELECT concat_ws('' '', ' || string_agg(format(
                         '(SELECT count(*) || %L || coalesce(sum(hashtextextended(r::text, 0)), 0) FROM %I r)', '/', table_name), ', ')
                       || ')'
                FROM information_schema.tables
                WHERE table_schema = 'realms' AND table_type = 'BASE TABLE' AND table_name NOT LIKE 'flyway%'""");
    }

    /** Something else whenever a row was written. */
    public String take() throws SQLException {
        return ask(sql);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private String ask(String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(question)) {
            answer.next();
            return answer.getString(1);
        }
    }
}
