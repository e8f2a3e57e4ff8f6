package dev.realms.realm.isolation;

import dev.realms.realm.isolation.OwnedView.Filter;
import dev.realms.web.ETags;
import dev.realms.web.Listed;
import dev.realms.web.Page;
import dev.realms.web.PageRequest;
import dev.realms.web.json.RecordType;
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
            String field, String entity, Function<V, String> current, Function<U, String> wanted, boolean isCounted) {

        boolean changes(V row, U input) {
            return !Objects.equals(current.apply(row), wanted.apply(input));
        }

        private <I extends Record> I in(I input, List<String> found) {
            return RecordType.with(input, field, found.stream().findFirst().orElseThrow(this::leadsNowhere));
        }

        /** {@code validation} */
        public DomainException leadsNowhere() {
            return DomainException.invalid(field, "names no " + entity.toLowerCase(Locale.ROOT) + " of this realm");
        }
    }

    @PersistenceContext(unitName = "realms")
    private EntityManager em;

    /** @throws DomainException {@code not-found} */
    public <T extends RealmScoped> T get(Class<T> type, String id) {
        return find(type, id, LockModeType.NONE);
    }

    /**
     * The row as it is now, which nobody else can change until the transaction ends.
     *
     * @throws DomainException {@code not-found}
     */
    public <T extends RealmScoped> T lock(Class<T> type, String id) {
        return find(type, id, LockModeType.PESSIMISTIC_WRITE);
    }

    /**
     * Locks the rows with one of these values, in one order for everybody. Only their ids are read, since a server may have more
     * databases than memory has room for.
     *
     * @param entity the JPA name of what is locked; by name, because features do not know each other's entities
     * @param attribute a name of ours: {@code id}, or a reference
     * @param values nulls stand for nothing
     * @return the ids of those there are
     */
    public List<String> lock(String entity, String attribute, String... values) {
        List<String> wanted = Stream.of(values).filter(Objects::nonNull).toList();
        return wanted.isEmpty()
                ? List.of()
                : ids(
                        "SELECT r.id FROM " + entity + " r WHERE r." + attribute
                                + " IN :values ORDER BY SQL('? FOR UPDATE', r.id)",
                        "values",
                        wanted);
    }

    /**
     * A row to look at.
     *
     * @throws DomainException {@code not-found}
     */
    public <V extends Record & Listed> V view(OwnedView<?, V> view, String id) {
        return view.find(em, id).orElseThrow(OwnedRows::notFound);
    }

    public <V extends Record & Listed> Page<V> page(OwnedView<?, V> view, PageRequest page, Filter... filters) {
        return view.page(em, page, filters);
    }

    /**
     * Asks whether a reference stays in the realm. The database keeps it there; this gives the better answer, which is the one
     * that a broken foreign key gives, too.
     *
     * @return the input, with the id as the database writes it: callers may write a UUID in capitals
     * @throws DomainException {@code validation}, whether the id is of another realm or was never given out
     */
    public <U extends Record> U requireReference(Reference<?, ?> reference, String id, U input) {
        return reference.in(input, ids("SELECT r.id FROM " + reference.entity() + " r WHERE r.id = :id", "id", id));
    }

    /**
     * The same, and nobody can delete what is referred to until the transaction ends.
     *
     * @throws DomainException {@code validation}
     */
    public <U extends Record> U lockReference(Reference<?, ?> reference, String id, U input) {
        return reference.in(input, lock(reference.entity(), "id", id));
    }

    /**
     * Changes a row as it is now, and which the caller has seen like this, and writes it at once.
     *
     * @throws DomainException {@code not-found}, {@code stale}, and whatever the change or the database refuses
     */
    public <T extends RealmScoped, V extends Record & Listed> V change(
            OwnedView<T, V> view, String id, String ifMatch, Consumer<T> change) {
        return locked(view, id).change(ifMatch, change);
    }

    /** The same for new values that replace all of the row's. */
    public <T extends RealmScoped, V extends Record & Listed, U extends Record> V change(
            OwnedView<T, V> view, String id, String ifMatch, ResourceUpdate<U> update, BiConsumer<T, U> change) {
        return change(
                view, id, ifMatch, row -> change.accept(row, update.of(view.of().apply(row, em))));
    }

    /**
     * The same for a row that refers to another one, and may come to refer to yet another: that one is locked before the row itself,
     * which is the order in which it is deleted.
     */
    public <T extends RealmScoped, V extends Record & Listed, U extends Record> V change(
            OwnedView<T, V> view,
            String id,
            String ifMatch,
            Reference<V, U> reference,
            ResourceUpdate<U> update,
            BiConsumer<T, U> change) {
        V unlocked = view.of().apply(get(view.entity(), id), em);
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
            V current = view.of().apply(row, em);
            U input = update.of(current);
            String target = reference.wanted().apply(input);
            boolean isNew = target != null && reference.changes(current, input);
            change.accept(row, isNew ? requireReference(reference, target, input) : input);
        });
    }

    /** Writes the new row at once. */
    public <T extends RealmScoped, V extends Record & Listed> V add(OwnedView<T, V> view, T row) {
        em.persist(row);
        ConstraintProblems.flush(em);
        return view.of().apply(row, em);
    }

    /**
     * Deletes a row that the caller has seen as it is now.
     *
     * @throws DomainException {@code not-found}, {@code stale}
     */
    public void remove(OwnedView<?, ?> view, String id, String ifMatch) {
        locked(view, id).remove(ifMatch, row -> {});
    }

    /**
     * The same for a row that takes others along, which are locked after it.
     *
     * @param entity the JPA name of the others
     * @param attribute by which they refer to the row
     */
    public void remove(OwnedView<?, ?> view, String id, String ifMatch, String entity, String attribute) {
        locked(view, id).remove(ifMatch, row -> lock(entity, attribute, id));
    }

    private <T extends RealmScoped, V extends Record & Listed> LockedRow<T, V> locked(OwnedView<T, V> view, String id) {
        return new LockedRow<>(em, lock(view.entity(), id), row -> view.of().apply(row, em));
    }

    private <T extends RealmScoped> T find(Class<T> type, String id, LockModeType lock) {
        return Optional.ofNullable(ConstraintProblems.explain(() -> em.find(type, id, lock)))
                .orElseThrow(OwnedRows::notFound);
    }

    private List<String> ids(String jpql, String parameter, Object value) {
        return ConstraintProblems.explain(() -> em.createQuery(jpql, String.class)
                .setParameter(parameter, value)
                .getResultList());
    }

    private static DomainException notFound() {
        return new DomainException(ProblemType.NOT_FOUND, ProblemType.NOT_FOUND.title() + ".");
    }
}
