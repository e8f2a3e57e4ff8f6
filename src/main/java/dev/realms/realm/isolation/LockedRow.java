package dev.realms.realm.isolation;

import dev.realms.web.ETags;
import dev.realms.web.problem.ConstraintProblems;
import jakarta.persistence.EntityManager;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A row that nobody else can change until the transaction ends, to be changed as its caller has seen it.
 *
 * @param view what callers see of it, of which its entity tag is
 */
public record LockedRow<T, V extends Record>(EntityManager em, T row, Function<T, V> view) {

    /**
     * Changes the row and writes it at once.
     *
     * @param ifMatch the caller's condition, or null
     * @throws dev.realms.web.problem.DomainException {@code stale}, and whatever the change or the database refuses
     */
    public V change(String ifMatch, Consumer<T> change) {
        ETags.requireMatch(ifMatch, view.apply(row));
        change.accept(row);
        ConstraintProblems.flush(em);
        return view.apply(row);
    }

    /**
     * Deletes the row at once.
     *
     * @param ifMatch the caller's condition, or null
     * @param before what has to be done or to hold before
     * @throws dev.realms.web.problem.DomainException {@code stale}, and whatever the database refuses
     */
    public void remove(String ifMatch, Consumer<T> before) {
        change(ifMatch, before.andThen(em::remove));
    }
}
