package dev.realms.job;

import static java.util.Objects.requireNonNullElse;

import dev.realms.realm.isolation.NamedRow;
import dev.realms.realm.isolation.RealmContext;
import dev.realms.web.json.Instants;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Instant;

/** The processing of a document. Its status moves only forward; once ended, nothing about it changes any more. */
@Entity
@Table(name = "jobs")
class Job extends NamedRow {

    @Column(name = "document_id")
    private String documentId;

    @Column(name = "document_name")
    private String documentName;

    @Column(name = "document_type")
    private String documentType;

    @Column(name = "start_date")
    private Instant startDate;

    @Column(name = "end_date")
    private Instant endDate;

    @Enumerated(EnumType.STRING)
    private JobStatus status;

    private int percentage;

    private String summary;

    protected Job() {}

    /** @param input with the document's name and type filled in */
    Job(RealmContext realm, CreateJob input) {
        super(realm);
        documentId = input.documentId();
        documentName = input.documentName();
        documentType = input.documentType();
        startDate = requireNonNullElse(input.startDate(), createdAt());
        percentage = input.percentage();
        summary = input.summary();
        status = input.status();
        settle(input.endDate());
    }

    /** @throws DomainException {@code wrong-state} when the job has ended or would go back */
    void update(UpdateJob input) {
        JobStatus next = requireNonNullElse(input.status(), status);
        if (!status.mayBecome(next)) {
            throw new DomainException(
                    ProblemType.WRONG_STATE, "A job does not go from " + status + " to " + next + ".");
        }
        JobView before = view();
        boolean hadEnded = status.isEnd();
        documentId = input.documentId();
        documentName = requireNonNullElse(input.documentName(), documentName);
        documentType = requireNonNullElse(input.documentType(), documentType);
        startDate = requireNonNullElse(input.startDate(), startDate);
        percentage = requireNonNullElse(input.percentage(), percentage);
        summary = requireNonNullElse(input.summary(), summary);
        status = next;
        settle(input.endDate() == null && hadEnded ? endDate : input.endDate());
        if (hadEnded && !before.equals(view())) {
            throw new DomainException(ProblemType.WRONG_STATE, "A job that has ended does not change any more.");
        }
    }

    private void settle(Instant end) {
        endDate = end;
        if (status.isEnd() && endDate == null) {
            Instant now = Instants.now();
            endDate = now.isBefore(startDate) ? startDate : now;
        }
        if (status == JobStatus.FINISHED) {
            percentage = 100;
        }
        if (endDate != null && endDate.isBefore(startDate)) {
            throw DomainException.invalid("endDate", "must not be before startDate");
        }
    }

    JobView view() {
        return new JobView(
                id(),
                documentId,
                documentName,
                documentType,
                startDate,
                endDate,
                status,
                percentage,
                summary,
                createdAt(),
                updatedAt(),
                userId(),
                realmId());
    }
}
