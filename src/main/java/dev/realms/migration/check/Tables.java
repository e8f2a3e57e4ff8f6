package dev.realms.migration.check;

import java.util.List;

/** The tables from before realms. Their columns are known to the database: {@code migration.row_checksum}. */
final class Tables {

    static final List<String> OWNED = List.of("database_servers", "databases", "documents", "jobs", "api_keys");
    static final List<String> ALL =
            List.of("users", "user_settings", "database_servers", "databases", "documents", "jobs", "api_keys");

    private Tables() {}
}
