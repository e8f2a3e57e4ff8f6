package dev.realms.isolation;

import dev.realms.problem.ConstraintProblems;
import dev.realms.problem.DomainException;
import dev.realms.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * How every feature reaches rows of the open realm, for use inside {@link InRealm} services: a row of another realm is as absent
 * as one that never was, with the very same answer.
 *
 * <p>Rows are locked from the top down: servers before databases before documents before jobs. Whoever deletes a row locks what
 * refers to it, too, so whoever changes a reference locks what it refers to first.
 */
@ApplicationScoped
public class OwnedRows {

    @PersistenceContext(unitName = "realms")
    private EntityManager em;

    @Inject
    private RealmReader reader;

    @Inject
    private RowLocks locks;

    /** @throws DomainException {@code not-found} */
    public <T extends RealmScoped> T get(Class<T> type, UUID id) {
        return Optional.ofNullable(em.find(type, id)).orElseThrow(OwnedRows::notFound);
    }

    /**
     * The row as it is now, which nobody else can change until the transaction ends.
     *
     * @throws DomainException {@code not-found}
     */
    public <T extends RealmScoped> T lock(Class<T> type, UUID id) {
        return Optional.ofNullable(em.find(type, id, LockModeType.PESSIMISTIC_WRITE))
                .orElseThrow(OwnedRows::notFound);
    }

    /**
     * Locks the rows with one of these values, in one order for everybody.
     *
     * @param entity the JPA name of what is locked; by name, because features do not know each other's entities
     * @param attribute a name of ours: {@code id}, or a reference
     * @param values nulls stand for nothing
     * @return whether there is such a row
     */
    public boolean lock(String entity, String attribute, UUID... values) {
        List<UUID> wanted = Stream.of(values).filter(Objects::nonNull).toList();
        return !wanted.isEmpty() && locks.lock(entity, attribute, wanted);
    }

    /**
     * A row to look at, in a method without a transaction.
     *
     * @param view a record, each of whose components is named like an attribute
     * @throws DomainException {@code not-found}
     */
    public <V extends Record> V view(Class<? extends RealmScoped> type, Class<V> view, UUID id) {
        RowView<V> rows = reader.view(type, view);
        return reader.read(rows.select() + " AND id = ?", List.of(id), row -> rows.read(row, 1)).shown().stream()
                .findFirst()
                .orElseThrow(OwnedRows::notFound);
    }

    /** All rows of a type, to be narrowed down and paged through in a method without a transaction. */
    public <T extends RealmScoped> RowList<T> list(Class<T> type) {
        return new RowList<>(reader, type);
    }

    /**
     * Asks whether a reference stays in the realm. The database keeps it there; this gives the better answer, which is the one
     * that a broken foreign key gives, too.
     *
     * @param field the request's field that holds the reference
     * @param entity the JPA name of what is referred to; by name, because features do not know each other's entities
     * @throws DomainException {@code validation}, whether the id is of another realm or was never given out
     */
    public void requireReference(String field, String entity, UUID id) {
        boolean missing = em.createQuery("SELECT r.id FROM " + entity + " r WHERE r.id = :id")
                .setParameter("id", id)
                .getResultList()
                .isEmpty();
        if (missing) {
            throw noReference(field, entity);
        }
    }

    /**
     * The same, and nobody can delete what is referred to until the transaction ends.
     *
     * @throws DomainException {@code validation}
     */
    public void lockReference(String field, String entity, UUID id) {
        if (!lock(entity, "id", id)) {
            throw noReference(field, entity);
        }
    }

    /** Writes the new row at once, so that what the database refuses is known here. */
    public void add(RealmScoped row) {
        em.persist(row);
        write();
    }

    /** Writes the changes of locked rows at once, so that what the database refuses is known here. */
    public void write() {
        ConstraintProblems.flush(em);
    }

    public void remove(RealmScoped row) {
        em.remove(row);
        write();
    }

    private static DomainException noReference(String field, String entity) {
        return DomainException.invalid(field, "names no " + entity.toLowerCase(Locale.ROOT) + " of this realm");
    }

    private static DomainException notFound() {
        return new DomainException(ProblemType.NOT_FOUND, ProblemType.NOT_FOUND.title() + ".");
    }
}
