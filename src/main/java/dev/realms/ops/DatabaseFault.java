package dev.realms.ops;

import java.sql.SQLException;

/** PostgreSQL refused or went away. The cause says which; its detail may quote rows and is for no log. */
public class DatabaseFault extends RuntimeException {

    public DatabaseFault(SQLException cause) {
        super(sentence(cause), cause);
    }

    /** The first line: those below it, the detail and the statement, may hold values of rows. */
    public static String sentence(Throwable fault) {
        return String.valueOf(fault.getMessage())
                .strip()
                .lines()
                .findFirst()
                .orElse("")
                .replaceFirst("^ERROR: ", "");
    }
}
