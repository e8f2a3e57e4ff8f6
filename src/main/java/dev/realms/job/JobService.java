package dev.realms.job;

import dev.realms.realm.isolation.OwnedRows;
import dev.realms.realm.isolation.RealmContext;
import dev.realms.realm.isolation.ViewQuery;
import dev.realms.web.ETags;
import dev.realms.web.Page;
import dev.realms.web.PageRequest;
import dev.realms.web.json.Patch;
import dev.realms.web.json.RecordBinder;
import dev.realms.web.problem.DomainException;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** The jobs of the open realm. */
@Stateless
public class JobService {

    private static final ViewQuery<JobView> VIEW = new ViewQuery<>(
                    JobView.class,
                    "Job",
                    "r.documentId, r.documentName, r.documentType, r.startDate, r.endDate, r.status, r.percentage, r.summary")
            .withLongText("r.summary");

    @PersistenceContext(unitName = "realms")
    private EntityManager em;

    @Inject
    private OwnedRows rows;

    @Inject
    private RealmContext realm;

    @Inject
    private RecordBinder binder;

    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public Page<JobView> list(PageRequest page, JobFilter filter) {
        return rows.page(VIEW, page, filter.values());
    }

    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public JobView get(UUID id) {
        return rows.view(VIEW, id);
    }

    public JobView create(CreateJob input) {
        requireDocument(input.documentId());
        Job job = new Job(realm, input.namesDocument() ? input : named(input));
        rows.add(job);
        return job.view();
    }

    public JobView update(UUID id, UpdateJob input, String ifMatch) {
        return change(id, current -> input, ifMatch);
    }

    public JobView patch(UUID id, Patch patch, String ifMatch) {
        return change(id, current -> patch.applyTo(current, UpdateJob.class, binder), ifMatch);
    }

    public void delete(UUID id, String ifMatch) {
        Job job = rows.lock(Job.class, id);
        ETags.requireMatch(ifMatch, job.view());
        rows.remove(job);
    }

    private JobView change(UUID id, UnaryOperator<UpdateJob> change, String ifMatch) {
        lockDocument(rows.get(Job.class, id), change, ifMatch);
        return rows.change(Job.class, id, ifMatch, Job::view, job -> {
            UpdateJob input = change.apply(UpdateJob.of(job.view()));
            if (!job.isFor(input.documentId())) {
                requireDocument(input.documentId());
            }
            job.update(input);
        });
    }

    /** The one it will be moved to, before the job itself: the order in which a document is deleted. */
    private void lockDocument(Job unlocked, UnaryOperator<UpdateJob> change, String ifMatch) {
        ETags.requireMatch(ifMatch, unlocked.view());
        UUID target = change.apply(UpdateJob.of(unlocked.view())).documentId();
        if (!unlocked.isFor(target)) {
            rows.lock("Document", "id", target);
        }
    }

    private CreateJob named(CreateJob input) {
        // It may have been deleted since it was looked for.
        Object[] document = em.createQuery("SELECT d.name, d.type FROM Document d WHERE d.id = :id", Object[].class)
                .setParameter("id", input.documentId())
                .getResultStream()
                .findFirst()
                .orElseThrow(() -> DomainException.invalid("documentId", "names no document of this realm"));
        return input.of((String) document[0], (String) document[1]);
    }

    private void requireDocument(UUID id) {
        rows.requireReference("documentId", "Document", id);
    }
}
