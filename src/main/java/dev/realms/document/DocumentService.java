package dev.realms.document;

import dev.realms.realm.isolation.OwnedRows;
import dev.realms.realm.isolation.OwnedRows.Reference;
import dev.realms.realm.isolation.OwnedView;
import dev.realms.realm.isolation.OwnedView.Filter;
import dev.realms.realm.isolation.RealmContext;
import dev.realms.web.Page;
import dev.realms.web.PageRequest;
import dev.realms.web.json.ResourceUpdate;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** The documents of the open realm. */
@Stateless
public class DocumentService {

    private static final OwnedView<Document, DocumentView> VIEW = new OwnedView<>(
            Document.class,
            Document::view,
            DocumentView.class,
            "r.name, r.type, r.state, r.version, r.chunks, r.quality, r.uploadDate, r.databaseId");

    private static final Reference<DocumentView, UpdateDocument> DATABASE =
            new Reference<>("databaseId", "Database", DocumentView::databaseId, UpdateDocument::databaseId, true);

    @Inject
    private OwnedRows rows;

    @Inject
    private RealmContext realm;

    /** Each filter may be null, for any value. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Page<DocumentView> list(PageRequest page, String databaseId, DocumentState state, String type) {
        return rows.page(
                VIEW, page, new Filter("databaseId", databaseId), new Filter("state", state), new Filter("type", type));
    }

    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public DocumentView get(String id) {
        return rows.view(VIEW, id);
    }

    public DocumentView create(CreateDocument input) {
        // The database's count changes; locked by the foreign key first, it could not be locked for that while somebody
        // deletes it.
        CreateDocument referring =
                input.databaseId() == null ? input : rows.lockReference(DATABASE, input.databaseId(), input);
        return rows.add(VIEW, new Document(realm, referring));
    }

    public DocumentView update(String id, ResourceUpdate<UpdateDocument> update, String ifMatch) {
        return rows.change(VIEW, id, ifMatch, DATABASE, update, Document::update);
    }

    /** Takes the document's jobs along. */
    public void delete(String id, String ifMatch) {
        rows.lock("Database", "id", rows.get(Document.class, id).databaseId());
        rows.remove(VIEW, id, ifMatch);
    }
}
