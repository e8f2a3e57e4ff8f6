package dev.realms.migration.move;

import java.io.Serializable;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * A portion of a table, by primary key.
 *
 * @param from inclusive
 * @param upTo inclusive
 * @param part which of the strides through the range this is, from 0
 * @param parts how many strides there are, a power of two; 1 for all rows at once
 */
record KeyRange(UUID from, UUID upTo, int part, int parts) implements Serializable {

    /** The first key there can be: PostgreSQL orders uuid by its bytes, without a sign. Somebody may well have it. */
    static final UUID START = new UUID(0, 0);

    static final UUID END = new UUID(-1, -1);

    KeyRange(UUID from, UUID upTo) {
        this(from, upTo, 0, 1);
    }

    /** The first key behind this portion; behind the last key there is the first one again, where nothing is left. */
    UUID next() {
        long low = upTo.getLeastSignificantBits() + 1;
        return new UUID(upTo.getMostSignificantBits() + (low == 0 ? 1 : 0), low);
    }

    boolean isLast() {
        return upTo.equals(END);
    }

    /** The same rows in several portions that lie among each other. */
    List<KeyRange> strides(int count) {
        return IntStream.range(0, count)
                .mapToObj(stride -> new KeyRange(from, upTo, stride, count))
                .toList();
    }

    /** The same stride through a part of the range. */
    KeyRange within(UUID first, UUID last) {
        return new KeyRange(first, last, part, parts);
    }
}
