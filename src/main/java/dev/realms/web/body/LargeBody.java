package dev.realms.web.body;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;

/** The place that a request has whose body is large, until it has been answered: so long something of the body is kept. */
@RequestScoped
class LargeBody {

    @Inject
    private LargeBodies places;

    private boolean inside;

    /** Waits for a place, without holding more than the beginning of the body. */
    void enter() {
        if (!inside) {
            places.enter();
            inside = true;
        }
    }

    @PreDestroy
    void leave() {
        if (inside) {
            places.leave();
        }
    }
}
