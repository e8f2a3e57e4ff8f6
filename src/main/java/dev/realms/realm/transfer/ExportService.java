package dev.realms.realm.transfer;

import dev.realms.database.DatabaseService;
import dev.realms.document.DocumentService;
import dev.realms.job.JobService;
import dev.realms.realm.RealmService;
import dev.realms.realm.RealmView;
import dev.realms.realm.isolation.Caller;
import dev.realms.realm.isolation.RealmContext;
import dev.realms.realm.isolation.RealmGate;
import dev.realms.realm.isolation.Role;
import dev.realms.realm.isolation.TransactionConnection;
import dev.realms.security.secret.PassphraseBox;
import dev.realms.security.secret.SecretBox;
import dev.realms.security.secret.SecretBox.AssociatedData;
import dev.realms.server.ServerService;
import dev.realms.server.ServerView;
import dev.realms.sql.ColumnNames;
import dev.realms.web.Page;
import dev.realms.web.PageRequest;
import dev.realms.web.json.Instants;
import dev.realms.web.json.RecordJson;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Writes what the open realm holds, page by page, as one snapshot of the database shows it. */
@Stateless
public class ExportService {

    /** A snapshot keeps the database from tidying up, so nobody may hold one for as long as they like. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final String NOTE = "{\"withCredentials\": %s}";

    @PersistenceContext(unitName = "realms")
    private EntityManager em;

    @EJB
    private RealmService realms;

    @EJB
    private ServerService servers;

    @EJB
    private DatabaseService databases;

    @EJB
    private DocumentService documents;

    @EJB
    private JobService jobs;

    @Inject
    private RealmContext realm;

    @Inject
    private Caller caller;

    @Inject
    private RealmGate gate;

    @Inject
    private TransactionConnection transaction;

    @Inject
    private SecretBox secrets;

    /** A list of the realm, of which a page is asked for. */
    private interface Pages<V extends Record> {
        Page<V> get(PageRequest page);
    }

    /**
     * Notes the export, before anything of it leaves.
     *
     * @param passphrase that seals the credentials of servers; null leaves them out
     * @throws DomainException {@code realm-not-found}, {@code forbidden}, {@code validation}
     */
    public RealmExport begin(String passphrase) {
        requireMay(passphrase);
        gate.open(realm.realmId(), realm.ownerId());
        RealmView view = realms.get(realm.ownerId(), realm.realmId());
        gate.noteTransfer("rows-exported", NOTE.formatted(passphrase != null));
        return new RealmExport(view, Optional.ofNullable(passphrase).map(PassphraseBox::create));
    }

    /** @throws DomainException {@code realm-not-found} */
    public void requireOpen() {
        gate.open(realm.realmId(), realm.ownerId());
    }

    private void requireMay(String passphrase) {
        if (passphrase == null) {
            return;
        }
        if (caller.keyRealmId().isPresent() || caller.role() == Role.VIEWER) {
            throw new DomainException(
                    ProblemType.FORBIDDEN,
                    "Credentials are exported for the realm's owner, who may change them, only.");
        }
        if (!PassphraseBox.isPassphrase(passphrase)) {
            throw DomainException.invalid(
                    ExportResource.PASSPHRASE, "must be 12 to 200 visible characters of ASCII, or spaces between them");
        }
    }

    /**
     * Writes the lines while it reads. Whoever takes none for half a minute loses the database's session, and with it the export.
     *
     * @throws IOException when the reader has gone, or the export takes longer than five minutes
     */
    public void write(RealmExport export, OutputStream stream) throws IOException {
        transaction.call("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
        long deadline = System.nanoTime() + LONGEST.toNanos();
        OutputStream out = new BufferedOutputStream(stream, 1 << 16);
        line(out, export.line(Instants.now()));
        int[] counts = {
            write(servers::list, page -> serverLines(export, page), out, deadline),
            write(page -> databases.list(page, null), each(DatabaseLine::of), out, deadline),
            write(page -> documents.list(page, null, null, null), each(DocumentLine::of), out, deadline),
            write(page -> jobs.list(page, null, null), each(JobLine::of), out, deadline)
        };
        line(out, new EndLine(EndLine.KIND, counts[0], counts[1], counts[2], counts[3]));
        out.flush();
    }

    private static <V extends Record> int write(
            Pages<V> pages, Function<List<V>, List<? extends Record>> lines, OutputStream out, long deadline)
            throws IOException {
        int count = 0;
        String cursor = null;
        do {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("The export takes longer than " + LONGEST.toMinutes() + " minutes");
            }
            Page<V> page = pages.get(PageRequest.of("export", Integer.toString(PageRequest.MAX_LIMIT), cursor));
            for (Record line : lines.apply(page.items())) {
                line(out, line);
            }
            count += page.items().size();
            cursor = page.nextCursor();
        } while (cursor != null);
        return count;
    }

    private static <V extends Record> Function<List<V>, List<? extends Record>> each(Function<V, Record> line) {
        return page -> page.stream().map(line).toList();
    }

    private List<ServerLine> serverLines(RealmExport export, List<ServerView> page) {
        Map<String, Object[]> stored = new HashMap<>();
        if (export.secrets().isPresent() && !page.isEmpty()) {
            em.createQuery("SELECT r.id, r.password, r.apiKey FROM Server r WHERE r.id IN :ids", Object[].class)
                    .setParameter("ids", page.stream().map(ServerView::id).toList())
                    .getResultList()
                    .forEach(row -> stored.put((String) row[0], row));
        }
        return page.stream()
                .map(server -> {
                    Object[] row = stored.getOrDefault(server.id(), new Object[3]);
                    return ServerLine.of(
                            server,
                            sealed(export, server.id(), "password", (String) row[1]),
                            sealed(export, server.id(), "apiKey", (String) row[2]));
                })
                .toList();
    }

    /** What is from before realms is stored as it is. */
    private String sealed(RealmExport export, String id, String member, String stored) {
        if (stored == null) {
            return null;
        }
        String plain = SecretBox.isSealed(stored)
                ? secrets.open(stored, AssociatedData.ofField(realm.realmId(), id, ColumnNames.of(member)))
                : stored;
        return export.secrets().orElseThrow().seal(plain, ServerLine.associated(id, member));
    }

    private static void line(OutputStream out, Record line) throws IOException {
        out.write(RecordJson.bytes(line));
        out.write('\n');
    }
}
