package dev.realms.web.body;

import jakarta.enterprise.context.ApplicationScoped;

/**
 * The places for requests with large bodies: two hundred threads may read a body at a time, and what is made of that many large ones
 * would be more than the service can hold.
 */
@ApplicationScoped
class LargeBodies {

    /** Bytes, which every valid body stays below that does not write its characters as escapes. */
    static final int LARGE = 64 * 1024;

    private static final int AT_ONCE = 4;

    /** The others are refused: the threads of the server are for everybody. */
    private static final int MOST_WAITING = 16;

    private final Places places = new Places(AT_ONCE, MOST_WAITING);

    void enter() {
        places.take();
    }

    void leave() {
        places.giveBack();
    }
}
