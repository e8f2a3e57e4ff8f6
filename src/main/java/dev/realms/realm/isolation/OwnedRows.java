package dev.realms.realm.isolation;

import dev.realms.realm.isolation.OwnedView.Filter;
import dev.realms.web.ETags;
import dev.realms.web.Listed;
import dev.realms.web.Page;
import dev.realms.web.PageRequest;
import dev.realms.web.json.ResourceUpdate;
import dev.realms.web.problem.ConstraintProblems;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
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

    /**
     * What rows of one kind refer to.
     *
     * @param field the request's field that holds the reference
     * @param entity the JPA name of what is referred to; by name, because features do not know each other's entities
     * @param isCounted whether what is referred to counts those that refer to it, so that both the old and the new one change
     */
    public record Reference<V, U>(
            String field, String entity, Function<V, UUID> current, Function<U, UUID> wanted, boolean isCounted) {

        boolean changes(V row, U input) {
            return !Objects.equals(current.apply(row), wanted.apply(input));
        }

        /** {@code validation} */
        public DomainException leadsNowhere() {
            return DomainException.invalid(field, "names no " + entity.toLowerCase(Locale.ROOT) + " of this realm");
        }
    }

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
    public <V extends Record & Listed> V view(OwnedView<?, V> view, UUID id) {
        return view.find(em, id).orElseThrow(OwnedRows::notFound);
    }

    public <V extends Record & Listed> Page<V> page(OwnedView<?, V> view, PageRequest page, Filter... filters) {
        return view.page(em, page, filters);
    }

    /**
     * Asks whether a reference stays in the realm. The database keeps it there; this gives the better answer, which is the one
     * that a broken foreign key gives, too.
     *
     * @throws DomainException {@code validation}, whether the id is of another realm or was never given out
     */
    public void requireReference(Reference<?, ?> reference, UUID id) {
        if (ids("SELECT r.id FROM " + reference.entity() + " r WHERE r.id = :id", "id", id)
                .isEmpty()) {
            throw reference.leadsNowhere();
        }
    }

    /**
     * The same, and nobody can delete what is referred to until the transaction ends.
     *
     * @throws DomainException {@code validation}
     */
    public void lockReference(Reference<?, ?> reference, UUID id) {
        if (!lock(reference.entity(), "id", id)) {
            throw reference.leadsNowhere();
        }
    }

    /**
     * Changes a row as it is now, and which the caller has seen like this, and writes it at once.
     *
     * @throws DomainException {@code not-found}, {@code stale}, and whatever the change or the database refuses
     */
    public <T extends RealmScoped, V extends Record & Listed> V change(
            OwnedView<T, V> view, UUID id, String ifMatch, Consumer<T> change) {
        return locked(view, id).change(ifMatch, change);
    }

    /** The same for new values that replace all of the row's. */
    public <T extends RealmScoped, V extends Record & Listed, U extends Record> V change(
            OwnedView<T, V> view, UUID id, String ifMatch, ResourceUpdate<U> update, BiConsumer<T, U> change) {
        return change(
                view, id, ifMatch, row -> change.accept(row, update.of(view.of().apply(row))));
    }

    /**
     * The same for a row that refers to another one, and may come to refer to yet another: that one is locked before the row itself,
     * which is the order in which it is deleted.
     */
    public <T extends RealmScoped, V extends Record & Listed, U extends Record> V change(
            OwnedView<T, V> view,
            UUID id,
            String ifMatch,
            Reference<V, U> reference,
            ResourceUpdate<U> update,
            BiConsumer<T, U> change) {
        V unlocked = view.of().apply(get(view.entity(), id));
        ETags.requireMatch(ifMatch, unlocked);
        U wanted = update.of(unlocked);
        if (reference.changes(unlocked, wanted)) {
            lock(
                    reference.entity(),
                    "id",
                    reference.wanted().apply(wanted),
                    reference.isCounted() ? reference.current().apply(unlocked) : null);
        }
        return change(view, id, ifMatch, row -> {
            V current = view.of().apply(row);
            U input = update.of(current);
            UUID target = reference.wanted().apply(input);
            if (target != null && reference.changes(current, input)) {
                requireReference(reference, target);
            }
            change.accept(row, input);
        });
    }

    /** Writes the new row at once. */
    public <T extends RealmScoped, V extends Record & Listed> V add(OwnedView<T, V> view, T row) {
        em.persist(row);
        ConstraintProblems.flush(em);
        return view.of().apply(row);
    }

    /**
     * Deletes a row that the caller has seen as it is now.
     *
     * @throws DomainException {@code not-found}, {@code stale}
     */
    public void remove(OwnedView<?, ?> view, UUID id, String ifMatch) {
        locked(view, id).remove(ifMatch, row -> {});
    }

    /**
     * The same for a row that takes others along, which are locked after it.
     *
     * @param entity the JPA name of the others
     * @param attribute by which they refer to the row
     */
    public void remove(OwnedView<?, ?> view, UUID id, String ifMatch, String entity, String attribute) {
        locked(view, id).remove(ifMatch, row -> lock(entity, attribute, id));
    }

    private <T extends RealmScoped, V extends Record & Listed> LockedRow<T, V> locked(OwnedView<T, V> view, UUID id) {
        return new LockedRow<>(em, lock(view.entity(), id), view.of());
    }

    private <T extends RealmScoped> T find(Class<T> type, UUID id, LockModeType lock) {
        return Optional.ofNullable(ConstraintProblems.explain(() -> em.find(type, id, lock)))
                .orElseThrow(OwnedRows::notFound);
    }

    private List<UUID> ids(String jpql, String parameter, Object value) {
        return ConstraintProblems.explain(() ->
                em.createQuery(jpql, UUID.class).setParameter(parameter, value).getResultList());
    }

    private static DomainException notFound() {
        return new DomainException(ProblemType.NOT_FOUND, ProblemType.NOT_FOUND.title() + ".");
    }
}
