package dev.realms.migration;

import java.io.Serializable;
import java.util.UUID;

/**
 * A portion of a table, by primary key.
 *
 * @param after exclusive
 * @param upTo inclusive
 */
record KeyRange(UUID after, UUID upTo) implements Serializable {

    /** Before every key: PostgreSQL orders uuid by its bytes, without a sign. */
    static final UUID START = new UUID(0, 0);

    static final UUID END = new UUID(-1, -1);
}
