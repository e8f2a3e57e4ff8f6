package dev.realms.sql;

import java.util.Locale;

/** How columns are named after what they hold. */
public final class ColumnNames {

    private ColumnNames() {}

    /** The column of an attribute, or a member: {@code databaseId} is in {@code database_id}. What has no capitals stays. */
    public static String of(String attribute) {
        return attribute.replaceAll("[A-Z]", "_$0").toLowerCase(Locale.ROOT);
    }
}
