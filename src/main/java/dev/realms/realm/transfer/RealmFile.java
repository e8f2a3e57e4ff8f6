package dev.realms.realm.transfer;

import dev.realms.realm.RowCounts;
import dev.realms.web.body.KeptBody;
import dev.realms.web.json.Ids;
import dev.realms.web.json.JsonLines;
import dev.realms.web.json.RecordBinder;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A realm as an export wrote it, of which every line has been seen: what is read of it again is right. It holds the ids of its rows, and
 * nothing else of them.
 */
public final class RealmFile implements KeptBody {

    /** Two at a time are held by a node, with some hundred bytes for each row. */
    private static final int MOST_ROWS = 400_000;

    private static final String WHOLE = "the lines";

    private final JsonLines lines;
    private final RecordBinder binder;
    private final Map<RowKind, Set<String>> ids = new EnumMap<>(RowKind.class);
    private final Set<String> databaseNames = new HashSet<>();
    private boolean begun;
    private int rows;
    private RealmLine realm;
    private EndLine end;
    private boolean hasCredentials;

    private RealmFile(JsonLines lines, RecordBinder binder) {
        this.lines = lines;
        this.binder = binder;
        for (RowKind kind : RowKind.values()) {
            ids.put(kind, new HashSet<>());
        }
    }

    /** @throws DomainException {@code validation}, with what is wrong, and in which line */
    static RealmFile read(JsonLines lines, RecordBinder binder) {
        RealmFile file = new RealmFile(lines, binder);
        lines.check(file::check);
        file.requireWhole();
        return file;
    }

    @Override
    public InputStream open() throws IOException {
        return lines.open();
    }

    RealmLine realm() {
        return realm;
    }

    RowCounts counts() {
        return new RowCounts(end.servers(), end.databases(), end.documents(), end.jobs());
    }

    boolean hasCredentials() {
        return hasCredentials;
    }

    Set<String> ids(RowKind kind) {
        return ids.get(kind);
    }

    /** Each row, what it refers to before it. */
    void forEachRow(Consumer<RowLine> reader) {
        lines.forEach(
                members -> RowKind.find(members.get("kind")).ifPresent(kind -> reader.accept(row(kind, members))));
    }

    private RowLine row(RowKind kind, Map<String, Object> members) {
        return (RowLine) binder.bind(members, kind.line());
    }

    private void check(Map<String, Object> members) {
        Object text = members.get("kind");
        if (end != null) {
            throw DomainException.invalid("kind", "comes behind the end");
        } else if (!begun) {
            begun = true;
            realm = bind(members, RealmLine.class, RealmLine.KIND);
        } else if (EndLine.KIND.equals(text)) {
            end = bind(members, EndLine.class, EndLine.KIND);
        } else {
            check(
                    RowKind.find(text)
                            .orElseThrow(() -> DomainException.invalid(
                                    "kind", "must be " + EndLine.KIND + " or one of " + RowKind.texts())),
                    members);
        }
    }

    private void check(RowKind kind, Map<String, Object> members) {
        if (++rows > MOST_ROWS) {
            throw new DomainException(ProblemType.TOO_LARGE, "The lines hold more than " + MOST_ROWS + " rows.");
        }
        // Before anything else is wrong with it: what refers to it is not wrong for that.
        if (members.get("id") instanceof String id
                && Ids.isId(id)
                && !ids.get(kind).add(id)) {
            throw DomainException.invalid("id", "is that of another " + kind.text());
        }
        RowLine row = row(kind, members);
        row.reference().filter(id -> !ids.get(kind.target()).contains(id)).ifPresent(id -> {
            throw DomainException.invalid(
                    kind.reference(), "names no " + kind.target().text() + " of the lines before");
        });
        if (row instanceof DatabaseLine database && !databaseNames.add(database.name())) {
            throw DomainException.invalid("name", "is that of another database");
        }
        if (row instanceof JobLine job) {
            check(job);
        }
        hasCredentials |= row instanceof ServerLine server && server.hasCredentials();
    }

    /** What the database would refuse later, without a line. */
    private static void check(JobLine job) {
        if (job.endDate() == null && job.status().isEnd()) {
            throw DomainException.invalid("endDate", "must be set when the job has ended");
        } else if (job.endDate() != null && job.endDate().isBefore(job.startDate())) {
            throw DomainException.invalid("endDate", "must not be before startDate");
        }
    }

    private <T extends Record> T bind(Map<String, Object> members, Class<T> type, String kind) {
        if (!kind.equals(members.get("kind"))) {
            throw DomainException.invalid("kind", "must be " + kind);
        }
        return binder.bind(members, type);
    }

    private void requireWhole() {
        if (realm == null) {
            throw DomainException.invalid(WHOLE, "must begin with one of the kind " + RealmLine.KIND);
        } else if (end == null) {
            throw DomainException.invalid(
                    WHOLE, "must end with one of the kind " + EndLine.KIND + "; the rest is missing");
        }
        require("servers", end.servers(), RowKind.SERVER);
        require("databases", end.databases(), RowKind.DATABASE);
        require("documents", end.documents(), RowKind.DOCUMENT);
        require("jobs", end.jobs(), RowKind.JOB);
        if (hasCredentials && realm.salt() == null) {
            throw DomainException.invalid("salt", "is missing, though there are credentials");
        }
    }

    private void require(String field, int said, RowKind kind) {
        int seen = ids.get(kind).size();
        if (said != seen) {
            throw DomainException.invalid(field, "must be %d, as there are so many lines of them".formatted(seen));
        }
    }
}
