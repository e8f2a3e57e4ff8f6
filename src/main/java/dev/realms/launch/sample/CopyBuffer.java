package dev.realms.launch.sample;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** Rows of one table on their way into PostgreSQL's COPY, the fastest way in. */
final class CopyBuffer {

    private final String command;
    private final StringBuilder rows = new StringBuilder();
    private long count;

    /** @param columns separated by commas; each row has its values in this order */
    CopyBuffer(String table, String columns) {
        this.command = "COPY " + table + " (" + columns + ") FROM STDIN";
    }

    void add(Object... values) {
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                rows.append('\t');
            }
            append(values[i]);
        }
        rows.append('\n');
        count++;
    }

    /** Rows added so far, sent or not. */
    long count() {
        return count;
    }

    /** What has been added since the last call, in COPY's text format. */
    String take() {
        String text = rows.toString();
        rows.setLength(0);
        return text;
    }

    void send(Connection connection) throws SQLException {
        try {
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn(command, new StringReader(take()));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void append(Object value) {
        if (value == null) {
            rows.append("\\N");
            return;
        }
        String text = value.toString();
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            switch (character) {
                case '\\' -> rows.append("\\\\");
                case '\t' -> rows.append("\\t");
                case '\n' -> rows.append("\\n");
                case '\r' -> rows.append("\\r");
                default -> rows.append(character);
            }
        }
    }
}
