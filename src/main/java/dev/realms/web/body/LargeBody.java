package dev.realms.web.body;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.RequestScoped;

/**
 * A request whose body is large holds a permit until it has been answered: so long something of the body is kept. Two hundred threads
 * may read a body at a time, and what is made of that many large ones would be more than the service can hold.
 */
@RequestScoped
class LargeBody {

    /** Bytes, which every valid body stays below that does not write its characters as escapes. */
    static final int LARGE = 64 * 1024;

    private static final int AT_ONCE = 4;

    /** The others are refused: the threads of the server are for everybody. */
    private static final int MOST_WAITING = 16;

    private static final Bulkhead BULKHEAD = new Bulkhead(AT_ONCE, MOST_WAITING);

    private boolean permitted;

    /** Waits for a permit, without holding more than the beginning of the body. */
    void begin() {
        if (!permitted) {
            BULKHEAD.acquire();
            permitted = true;
        }
    }

    @PreDestroy
    void end() {
        if (permitted) {
            BULKHEAD.release();
        }
    }
}
