package dev.realms.migration.move;

import dev.realms.sql.Untyped;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A portion of a table, by primary key.
 *
 * @param from its first key, or the one before it; null for the table's first. Keys are compared by the database, never here
 * @param isFromIn whether {@code from} is in the portion
 * @param upTo inclusive; null for the table's last
 * @param part which of the strides through the range this is, from 0
 * @param parts how many strides there are, a power of two; 1 for all rows at once
 */
record KeyRange(String from, boolean isFromIn, String upTo, int part, int parts) implements Serializable {

    /** The whole table. */
    static final KeyRange ALL = new KeyRange(null, null);

    /** Both keys are in it. */
    KeyRange(String from, String upTo) {
        this(from, true, upTo, 0, 1);
    }

    /** What comes after a key, up to another one; from the table's beginning when the first is null. */
    static KeyRange behind(String key, String upTo) {
        return new KeyRange(key, false, upTo, 0, 1);
    }

    /** The same rows in several portions that lie among each other. */
    List<KeyRange> strides(int count) {
        return IntStream.range(0, count)
                .mapToObj(stride -> new KeyRange(from, isFromIn, upTo, stride, count))
                .toList();
    }

    /** The same stride through a part of the range. */
    KeyRange within(String first, String last) {
        return new KeyRange(first, true, last, part, parts);
    }

    /** The same stride through what comes behind a key. */
    KeyRange within(KeyRange rest) {
        return new KeyRange(rest.from, rest.isFromIn, rest.upTo, part, parts);
    }

    /** What is true of its rows. @param id the key's column */
    String condition(String id) {
        return (from == null ? "true" : id + (isFromIn ? " >= ?" : " > ?"))
                + (upTo == null ? "" : " AND " + id + " <= ?")
                + (parts == 1 ? "" : " AND hashtext(%s::text) & %d = %d".formatted(id, parts - 1, part));
    }

    /** For the condition. */
    Object[] parameters() {
        return Stream.of(from, upTo).filter(Objects::nonNull).map(Untyped::new).toArray();
    }
}
