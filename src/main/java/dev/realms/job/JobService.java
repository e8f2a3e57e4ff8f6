package dev.realms.job;

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
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** The jobs of the open realm. */
@Stateless
public class JobService {

    private static final OwnedView<Job, JobView> VIEW = new OwnedView<>(
                    Job.class,
                    Job::view,
                    JobView.class,
                    "r.documentId, r.documentName, r.documentType, r.startDate, r.endDate, r.status, r.percentage, r.summary")
            .withLongText("r.summary");

    private static final Reference<JobView, UpdateJob> DOCUMENT =
            new Reference<>("documentId", "Document", JobView::documentId, UpdateJob::documentId, false);

    @PersistenceContext(unitName = "realms")
    private EntityManager em;

    @Inject
    private OwnedRows rows;

    @Inject
    private RealmContext realm;

    /** Each filter may be null, for any value. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Page<JobView> list(PageRequest page, String documentId, JobStatus status) {
        return rows.page(VIEW, page, new Filter("documentId", documentId), new Filter("status", status));
    }

    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public JobView get(String id) {
        return rows.view(VIEW, id);
    }

    public JobView create(CreateJob input) {
        CreateJob referring = rows.requireReference(DOCUMENT, input.documentId(), input);
        return rows.add(VIEW, new Job(realm, referring.namesDocument() ? referring : named(referring)));
    }

    public JobView update(String id, ResourceUpdate<UpdateJob> update, String ifMatch) {
        return rows.change(VIEW, id, ifMatch, DOCUMENT, update, Job::update);
    }

    public void delete(String id, String ifMatch) {
        rows.remove(VIEW, id, ifMatch);
    }

    private CreateJob named(CreateJob input) {
        // It may have been deleted since it was looked for.
        Object[] document = em.createQuery("SELECT d.name, d.type FROM Document d WHERE d.id = :id", Object[].class)
                .setParameter("id", input.documentId())
                .getResultStream()
                .findFirst()
                .orElseThrow(DOCUMENT::leadsNowhere);
        return input.of((String) document[0], (String) document[1]);
    }
}
