package dev.realms.web.json;

/**
 * How a caller changes a resource: into given values, whatever it has ({@code PUT}), or by those that a merge patch names
 * ({@code PATCH}).
 *
 * @param <U> the values that can be set
 */
@FunctionalInterface
public interface ResourceUpdate<U extends Record> {

    /**
     * The resource's new values. May be asked for more than once.
     *
     * @param current the resource as callers see it now
     * @throws dev.realms.web.problem.DomainException {@code validation}
     */
    U of(Record current);

    static <U extends Record> ResourceUpdate<U> to(U values) {
        return current -> values;
    }

    static <U extends Record> ResourceUpdate<U> by(Patch patch, Class<U> type, RecordBinder binder) {
        return current -> patch.applyTo(current, type, binder);
    }
}
