package dev.realms.realm.transfer;

import dev.realms.realm.CreateRealm;
import dev.realms.realm.RealmService;
import dev.realms.realm.RealmView;
import dev.realms.realm.isolation.AdvisoryLocks;
import dev.realms.realm.isolation.RealmGate;
import dev.realms.realm.isolation.TransactionConnection;
import dev.realms.realm.transfer.RealmImport.TakenId;
import dev.realms.security.secret.PassphraseBox;
import dev.realms.security.secret.SecretBox;
import dev.realms.security.secret.SecretBox.AssociatedData;
import dev.realms.security.secret.SecretBox.SecretException;
import dev.realms.sql.ColumnNames;
import dev.realms.web.json.Ids;
import dev.realms.web.json.RecordBinder;
import dev.realms.web.json.RecordJson;
import dev.realms.web.json.RecordType;
import dev.realms.web.problem.ConstraintProblems;
import dev.realms.web.problem.DomainException;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes a new realm of an exported one, all of it in one transaction. */
@Stateless
public class ImportService {

    private static final int MOST_NAMED = 100;

    /** As many ids are asked for at once. */
    private static final int PORTION = 1_000;

    private static final String TAKEN = "SELECT * FROM realms.taken_ids(?, ?)";

    @EJB
    private RealmService realms;

    @Inject
    private RealmGate gate;

    @Inject
    private AdvisoryLocks locks;

    @Inject
    private TransactionConnection transaction;

    @Inject
    private RecordBinder binder;

    @Inject
    private SecretBox secrets;

    /**
     * @param name for the new realm; null for the one that it had
     * @param passphrase that opens the credentials of servers; may be null where there are none
     * @throws DomainException {@code validation}, {@code realm-name-taken}, {@code migration-in-progress}; then nothing is made
     */
    public RealmImport importRealm(String userId, RealmFile file, String name, String passphrase, boolean dryRun) {
        PassphraseBox box = box(file, passphrase);
        CreateRealm wanted = wanted(file, name);
        if (dryRun) {
            if (box != null) {
                // Before the transaction's first statement: it must not wait long between two of them.
                file.forEachRow(row -> opened(row, box));
            }
            boolean nameTaken = realms.hasNamed(userId, wanted.name());
            return result(file, null, wanted.name(), nameTaken, newIds(file));
        }
        gate.enterMoved(userId);
        // Two imports of the same would both find its ids free.
        locks.take(AdvisoryLocks.Kind.IMPORT, userId);
        RealmView realm = realms.create(userId, wanted);
        Map<RowKind, Map<String, String>> newIds = newIds(file);
        gate.open(realm.id(), userId);
        RowWriter writer = new RowWriter(transaction, realm.id(), userId);
        file.forEachRow(row -> writer.add(sealed(renamed(opened(row, box), newIds), realm.id())));
        writer.flush();
        gate.noteTransfer("rows-imported", RecordJson.text(file.counts()));
        return result(file, realm.id(), wanted.name(), false, newIds);
    }

    private CreateRealm wanted(RealmFile file, String name) {
        Map<String, Object> members = new HashMap<>();
        members.put("name", name == null ? file.realm().name() : name);
        members.put("description", file.realm().description());
        return binder.bind(members, CreateRealm.class);
    }

    /** Null where there is nothing to open. */
    private static PassphraseBox box(RealmFile file, String passphrase) {
        if (!file.hasCredentials()) {
            return null;
        } else if (passphrase == null || !PassphraseBox.isPassphrase(passphrase)) {
            throw DomainException.invalid(
                    ExportResource.PASSPHRASE, "must be the passphrase by which the credentials were sealed");
        }
        return PassphraseBox.of(passphrase, file.realm().salt());
    }

    /** With its credentials as they were before they were sealed with the passphrase. */
    private static RowLine opened(RowLine row, PassphraseBox box) {
        return row instanceof ServerLine server
                ? server.withCredentials(
                        (member, text) -> opened(box, text, ServerLine.associated(server.id(), member)))
                : row;
    }

    private static String opened(PassphraseBox box, String sealed, String associated) {
        try {
            return box.open(sealed, associated);
        } catch (SecretException e) {
            throw DomainException.invalid(ExportResource.PASSPHRASE, "does not open the credentials");
        }
    }

    private RowLine sealed(RowLine row, UUID realmId) {
        return row instanceof ServerLine server
                ? server.withCredentials((member, plain) ->
                        secrets.seal(plain, AssociatedData.ofField(realmId, server.id(), ColumnNames.of(member))))
                : row;
    }

    /** With the ids that are free, its own and that of what it refers to. */
    private static RowLine renamed(RowLine row, Map<RowKind, Map<String, String>> newIds) {
        RowKind kind = row.rowKind();
        RowLine renamed = row;
        String id = newIds.get(kind).get(row.id());
        if (id != null) {
            renamed = with(renamed, "id", id);
        }
        String target = row.reference()
                .map(newIds.getOrDefault(kind.target(), Map.of())::get)
                .orElse(null);
        return target == null ? renamed : with(renamed, kind.reference(), target);
    }

    private static RowLine with(RowLine row, String member, String value) {
        return (RowLine) RecordType.with((Record) row, member, value);
    }

    /** For each id that is not free another one. */
    private Map<RowKind, Map<String, String>> newIds(RealmFile file) {
        Map<RowKind, Map<String, String>> all = new LinkedHashMap<>();
        for (RowKind kind : RowKind.values()) {
            Map<String, String> taken = new LinkedHashMap<>();
            List<String> portion = new ArrayList<>();
            for (String id : file.ids(kind)) {
                portion.add(id);
                if (portion.size() == PORTION) {
                    ask(kind, portion, taken);
                }
            }
            ask(kind, portion, taken);
            all.put(kind, taken);
        }
        return all;
    }

    private void ask(RowKind kind, List<String> portion, Map<String, String> taken) {
        if (!portion.isEmpty()) {
            ConstraintProblems.explain(() -> transaction.list(
                            row -> row.getString(1), TAKEN, kind.table(), portion.toArray(String[]::new)))
                    .forEach(id -> taken.put(id, Ids.next()));
            portion.clear();
        }
    }

    /** @param realmId null of a dry run */
    private static RealmImport result(
            RealmFile file, UUID realmId, String name, boolean nameTaken, Map<RowKind, Map<String, String>> newIds) {
        List<TakenId> taken = newIds.entrySet().stream()
                .flatMap(kind -> kind.getValue().entrySet().stream()
                        .map(id ->
                                new TakenId(kind.getKey().text(), id.getKey(), realmId == null ? null : id.getValue())))
                .limit(MOST_NAMED)
                .toList();
        return new RealmImport(
                realmId == null,
                realmId,
                name,
                nameTaken,
                file.counts(),
                newIds.values().stream().mapToInt(Map::size).sum(),
                taken);
    }
}
