package dev.realms.realm.isolation;

import dev.realms.web.ETags;
import dev.realms.web.Listed;
import dev.realms.web.Page;
import dev.realms.web.PageRequest;
import dev.realms.web.problem.ConstraintProblems;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How every feature reaches rows of the open realm: a row of another realm is as absent as one that never was, with the very same
 * answer.
 *
 * <p>Rows are locked from the top down: servers before databases before documents before jobs. Whoever deletes a row locks what
 * refers to it, too, so whoever changes a reference locks what it refers to first.
 */
@ApplicationScoped
public class OwnedRows {

    @PersistenceContext(unitName = "realms")
    private EntityManager em;

    /** @throws DomainException {@code not-found} */
    public <T extends RealmScoped> T get(Class<T> type, UUID id) {
        return find(type, id, LockModeType.NONE);
    }

    /**
     * The row as it is now, which nobody else can change until the transaction ends.
     *
     * @throws DomainException {@code not-found}
     */
    public <T extends RealmScoped> T lock(Class<T> type, UUID id) {
        return find(type, id, LockModeType.PESSIMISTIC_WRITE);
    }

    /**
     * Locks the rows with one of these values, in one order for everybody. Only their ids are read, since a server may have more
     * databases than memory has room for.
     *
     * @param entity the JPA name of what is locked; by name, because features do not know each other's entities
     * @param attribute a name of ours: {@code id}, or a reference
     * @param values nulls stand for nothing
     * @return whether there is such a row
     */
    public boolean lock(String entity, String attribute, UUID... values) {
        List<UUID> wanted = Stream.of(values).filter(Objects::nonNull).toList();
        return !wanted.isEmpty()
                && !ids(
                                "SELECT r.id FROM " + entity + " r WHERE r." + attribute
                                        + " IN :values ORDER BY SQL('? FOR UPDATE', r.id)",
                                "values",
                                wanted)
                        .isEmpty();
    }

    /**
     * A row to look at.
     *
     * @throws DomainException {@code not-found}
     */
    public <V extends Record & Listed> V view(ViewQuery<V> query, UUID id) {
        return query.find(em, id).orElseThrow(OwnedRows::notFound);
    }

    /** @param filters by attribute, which are names of ours, never text of a caller; null stands for any value */
    public <V extends Record & Listed> Page<V> page(ViewQuery<V> query, PageRequest page, Map<String, ?> filters) {
        return query.page(em, page, filters);
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
        if (ids("SELECT r.id FROM " + entity + " r WHERE r.id = :id", "id", id).isEmpty()) {
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

    /**
     * Changes a row as it is now, and which the caller has seen like this, and writes it at once.
     *
     * @param view what its entity tag is of
     * @throws DomainException {@code not-found}, {@code stale}, and whatever the change or the database refuses
     */
    public <T extends RealmScoped, V extends Record> V change(
            Class<T> type, UUID id, String ifMatch, Function<T, V> view, Consumer<T> change) {
        T row = lock(type, id);
        ETags.requireMatch(ifMatch, view.apply(row));
        change.accept(row);
        write();
        return view.apply(row);
    }

    /** Writes the new row at once. */
    public void add(RealmScoped row) {
        em.persist(row);
        write();
    }

    /** What the database refuses is known here. */
    private void write() {
        ConstraintProblems.flush(em);
    }

    public void remove(RealmScoped row) {
        em.remove(row);
        write();
    }

    private <T extends RealmScoped> T find(Class<T> type, UUID id, LockModeType lock) {
        return Optional.ofNullable(ConstraintProblems.explain(() -> em.find(type, id, lock)))
                .orElseThrow(OwnedRows::notFound);
    }

    private List<UUID> ids(String jpql, String parameter, Object value) {
        return ConstraintProblems.explain(() ->
                em.createQuery(jpql, UUID.class).setParameter(parameter, value).getResultList());
    }

    private static DomainException noReference(String field, String entity) {
        return DomainException.invalid(field, "names no " + entity.toLowerCase(Locale.ROOT) + " of this realm");
    }

    private static DomainException notFound() {
        return new DomainException(ProblemType.NOT_FOUND, ProblemType.NOT_FOUND.title() + ".");
    }
}
