package dev.realms.ops;

import java.sql.SQLException;

/** To be asked before each portion of long work. */
@FunctionalInterface
public interface ContinueCheck {
    boolean goesOn() throws SQLException;
}
