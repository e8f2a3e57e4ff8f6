package dev.realms.realm.transfer;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What rows a line can hold, in the order in which they stand: what is referred to comes first. */
enum RowKind {
    SERVER("server", "database_servers", ServerLine.class, null),
    DATABASE("database", "databases", DatabaseLine.class, SERVER),
    DOCUMENT("document", "documents", DocumentLine.class, DATABASE),
    JOB("job", "jobs", JobLine.class, DOCUMENT);

    private final String text;
    private final String table;
    private final Class<? extends Record> line;
    private final RowKind target;

    RowKind(String text, String table, Class<? extends Record> line, RowKind target) {
        this.text = text;
        this.table = table;
        this.line = line;
        this.target = target;
    }

    static Optional<RowKind> find(Object text) {
        return Arrays.stream(values()).filter(kind -> kind.text.equals(text)).findFirst();
    }

    /** The member that holds the id of what its rows refer to. */
    String reference() {
        return target.text + "Id";
    }

    static List<String> texts() {
        return Arrays.stream(values()).map(RowKind::text).toList();
    }

    String text() {
        return text;
    }

    String table() {
        return table;
    }

    Class<? extends Record> line() {
        return line;
    }

    /** What its rows refer to; null for nothing. */
    RowKind target() {
        return target;
    }
}
