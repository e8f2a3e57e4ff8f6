package dev.realms.document;

import dev.realms.realm.isolation.NamedRow;
import dev.realms.realm.isolation.RealmContext;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;

/** What a pipeline takes in. Its state moves only forward; its quality is a number from 0 to 1. */
@Entity
@Table(name = "documents")
class Document extends NamedRow {

    private String name;

    private String type;

    @Enumerated(EnumType.STRING)
    private DocumentState state;

    private int version;

    private int chunks;

    private double quality;

    @Column(name = "upload_date")
    private Instant uploadDate;

    @Column(name = "database_id")
    private String databaseId;

    protected Document() {}

    Document(RealmContext realm, CreateDocument input) {
        super(realm);
        name = input.name();
        type = input.type();
        state = input.state();
        version = input.version();
        chunks = input.chunks();
        rate(input.quality());
        uploadDate = Objects.requireNonNullElse(input.uploadDate(), createdAt());
        databaseId = input.databaseId();
    }

    /** @throws DomainException {@code wrong-state} when the state would go back */
    void update(UpdateDocument input) {
        name = input.name();
        type = input.type();
        moveTo(Objects.requireNonNullElse(input.state(), state));
        version = Objects.requireNonNullElse(input.version(), version);
        chunks = Objects.requireNonNullElse(input.chunks(), chunks);
        rate(Objects.requireNonNullElse(input.quality(), quality));
        uploadDate = Objects.requireNonNullElse(input.uploadDate(), uploadDate);
        databaseId = input.databaseId();
    }

    /** @throws DomainException {@code wrong-state} when the state would go back */
    void moveTo(DocumentState next) {
        if (!state.mayBecome(next)) {
            throw new DomainException(
                    ProblemType.WRONG_STATE, "A document does not go back from " + state + " to " + next + ".");
        }
        state = next;
    }

    /** @throws DomainException {@code validation} */
    void rate(double quality) {
        // Written so that NaN, which compares with nothing, is refused.
        if (!(quality >= 0 && quality <= 1)) {
            throw DomainException.invalid("quality", "must be between 0 and 1");
        }
        this.quality = quality;
    }

    String databaseId() {
        return databaseId;
    }

    DocumentView view() {
        return new DocumentView(
                id(),
                name,
                type,
                state,
                version,
                chunks,
                quality,
                uploadDate,
                databaseId,
                createdAt(),
                updatedAt(),
                userId(),
                realmId());
    }
}
