package dev.realms.document;

import dev.realms.realm.isolation.OwnedRows;
import dev.realms.realm.isolation.RealmContext;
import dev.realms.realm.isolation.ViewQuery;
import dev.realms.web.ETags;
import dev.realms.web.Page;
import dev.realms.web.PageRequest;
import dev.realms.web.json.Patch;
import dev.realms.web.json.RecordBinder;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** The documents of the open realm. */
@Stateless
public class DocumentService {

    private static final ViewQuery<DocumentView> VIEW = new ViewQuery<>(
            DocumentView.class,
            "Document",
            "r.name, r.type, r.state, r.version, r.chunks, r.quality, r.uploadDate, r.databaseId");

    @Inject
    private OwnedRows rows;

    @Inject
    private RealmContext realm;

    @Inject
    private RecordBinder binder;

    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public Page<DocumentView> list(PageRequest page, DocumentFilter filter) {
        return rows.page(VIEW, page, filter.values());
    }

    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public DocumentView get(UUID id) {
        return rows.view(VIEW, id);
    }

    public DocumentView create(CreateDocument input) {
        if (input.databaseId() != null) {
            // Its count changes; locked by the foreign key first, it could not be locked for that while somebody
            // deletes it.
            rows.lockReference("databaseId", "Database", input.databaseId());
        }
        Document document = new Document(realm, input);
        rows.add(document);
        return document.view();
    }

    public DocumentView update(UUID id, UpdateDocument input, String ifMatch) {
        return change(id, current -> input, ifMatch);
    }

    public DocumentView patch(UUID id, Patch patch, String ifMatch) {
        return change(id, current -> patch.applyTo(current, UpdateDocument.class, binder), ifMatch);
    }

    /** Takes the document's jobs along. */
    public void delete(UUID id, String ifMatch) {
        rows.lock("Database", "id", rows.get(Document.class, id).databaseId());
        Document document = rows.lock(Document.class, id);
        ETags.requireMatch(ifMatch, document.view());
        rows.remove(document);
    }

    private DocumentView change(UUID id, UnaryOperator<UpdateDocument> change, String ifMatch) {
        lockDatabases(rows.get(Document.class, id), change, ifMatch);
        return rows.change(Document.class, id, ifMatch, Document::view, document -> {
            UpdateDocument input = change.apply(UpdateDocument.of(document.view()));
            if (input.databaseId() != null && !document.isIn(input.databaseId())) {
                rows.requireReference("databaseId", "Database", input.databaseId());
            }
            document.update(input);
        });
    }

    /** Those whose counts will change, before the document itself: the order in which a database is deleted. */
    private void lockDatabases(Document unlocked, UnaryOperator<UpdateDocument> change, String ifMatch) {
        ETags.requireMatch(ifMatch, unlocked.view());
        UUID target = change.apply(UpdateDocument.of(unlocked.view())).databaseId();
        if (!unlocked.isIn(target)) {
            rows.lock("Database", "id", unlocked.databaseId(), target);
        }
    }
}
