package dev.realms.testing.oldapplication;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The two forms of the pre-realm database that exist. */
public enum OldApplicationShape {
    SNAKE_CASE("schema.sql", "load.sql", "snake.sql"),
    PRISMA("prisma.sql", "load-prisma.sql", "prisma.sql");

    /** What the pre-realm databases have in all tests that are right with either: {@code realms.test.shape}. */
    public static final OldApplicationShape CHOSEN =
            valueOf(System.getProperty("realms.test.shape", "snake_case").toUpperCase(Locale.ROOT));

    private static final Pattern BRACKETS = Pattern.compile("\\[([a-z_]+)]");
    private static final Pattern UNDERSCORE = Pattern.compile("_(.)");

    private final String schema;
    private final String rows;
    private final String script;

    OldApplicationShape(String schema, String rows, String script) {
        this.schema = schema;
        this.rows = rows;
        this.script = script;
    }

    /** The statements that make its tables. */
    public String schema() {
        return read("/pre-realm/" + schema);
    }

    /** The statements that give its tables defaults for what Prisma's client makes, for rows that come from SQL alone. */
    public String defaults() {
        return this == SNAKE_CASE
                ? ""
                : OldApplicationRole.TABLES.stream()
                        .map(table ->
                                "ALTER TABLE public.%s ALTER id SET DEFAULT gen_random_uuid(), ALTER \"updatedAt\" SET DEFAULT now();"
                                        .formatted(table))
                        .collect(Collectors.joining());
    }

    /** This SQL with its own names of columns, where ours are written in brackets, and its types for {@code [uuid]} and {@code [timestamptz]}. */
    public String named(String sql) {
        return BRACKETS.matcher(sql).replaceAll(ours -> own(ours.group(1)));
    }

    /** Where nothing says the same in both. */
    public static String either(String snakeCase, String prisma) {
        return CHOSEN == SNAKE_CASE ? snakeCase : prisma;
    }

    private String own(String name) {
        if (this == SNAKE_CASE) {
            return name;
        }
        return switch (name) {
            case "uuid" -> "text";
            case "timestamptz" -> "timestamp";
            default -> '"' + column(name) + '"';
        };
    }

    /** Its name of a column that we call this. */
    public String column(String ours) {
        return this == SNAKE_CASE
                ? ours
                : UNDERSCORE.matcher(ours).replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
    }

    /** The statements that fill them, the same in every run; with 20 users or more no table stays empty. */
    public String rows(int users) {
        return read("/pre-realm/" + rows).replace(":users", Integer.toString(users));
    }

    /** What the application does, in this order. */
    public List<OldApplicationOperation> operations() {
        return OldApplicationScript.parse(read("/old-application/" + script));
    }

    private static String read(String name) {
        try (InputStream file = OldApplicationShape.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
