package dev.realms.testing.oldapplication;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The two forms of the pre-realm database that exist. */
public enum OldApplicationShape {
    SNAKE_CASE("schema.sql", "load.sql", "snake.sql"),
    PRISMA("prisma.sql", "load-prisma.sql", "prisma.sql");

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
