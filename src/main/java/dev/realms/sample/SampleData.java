package dev.realms.sample;

import java.sql.*;

public final class SampleData {
    public static long load(Connection c, int users) throws SQLException {
        return 0;
    }
}
