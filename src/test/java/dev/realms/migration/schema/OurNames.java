package dev.realms.migration.schema;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Lets the same SQL write rows into a pre-realm database of either shape: meanwhile the columns that Prisma named have our names. */
record OurNames(TestSql database) {

    private static final String COLUMNS =
            "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1";

    /** Runs it in between. */
    void run(String... sql) throws SQLException {
        List<String> there = new ArrayList<>();
        List<String> back = new ArrayList<>();
        for (String column : database.ask(COLUMNS)) {
            String table = column.replaceFirst("\\..*", "");
            String name = column.substring(table.length() + 1);
            String ours = PreRealmShape.ourName(table, name);
            if (!ours.equals(name)) {
                there.add(rename(table, name, ours));
                back.add(rename(table, ours, name));
            }
        }
        database.run(there.toArray(String[]::new));
        database.run(sql);
        database.run(back.toArray(String[]::new));
    }

    private static String rename(String table, String from, String to) {
        return "ALTER TABLE IF EXISTS public.%s RENAME \"%s\" TO \"%s\"".formatted(table, from, to);
    }
}
