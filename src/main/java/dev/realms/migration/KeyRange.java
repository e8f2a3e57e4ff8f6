package dev.realms.migration;

import java.io.Serializable;
import java.util.UUID;

/**
 * A portion of a table, by primary key.
 *
 * @param from inclusive
 * @param upTo inclusive
 */
record KeyRange(UUID from, UUID upTo) implements Serializable {

    /** The first key there can be: PostgreSQL orders uuid by its bytes, without a sign. Somebody may well have it. */
    static final UUID START = new UUID(0, 0);

    static final UUID END = new UUID(-1, -1);

    /** The first key behind this portion; behind the last key there is the first one again, where nothing is left. */
    UUID next() {
        long low = upTo.getLeastSignificantBits() + 1;
        return new UUID(upTo.getMostSignificantBits() + (low == 0 ? 1 : 0), low);
    }
}
