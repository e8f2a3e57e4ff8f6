package dev.realms.realm.event;

import dev.realms.realm.isolation.OwnedRows;
import dev.realms.realm.isolation.OwnedView;
import dev.realms.realm.isolation.OwnedView.Filter;
import dev.realms.web.Page;
import dev.realms.web.PageRequest;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;

/** What happened in the open realm. */
@Stateless
public class EventService {

    private static final OwnedView<RealmEvent, RealmEventView> VIEW = new OwnedView<>(
            RealmEvent.class,
            RealmEvent::view,
            RealmEventView.class,
            "r.kind, r.createdAt, r.userId, r.apiKey, r.prefix, SQL('CAST(? AS text)', r.details)");

    @Inject
    private OwnedRows rows;

    /** Newest first; filters that are null let everything through. */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public Page<RealmEventView> list(PageRequest page, EventKind kind, Instant since) {
        return rows.page(
                VIEW, page, new Filter("kind", kind == null ? null : kind.text()), new Filter("createdAt", since));
    }
}
