package dev.realms.bench.api;

import dev.realms.bench.Load;
import dev.realms.bench.Medians;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What came out for one kind of request at one number of connections, every way, round by round. */
record Cell(Kind kind, int connections, Map<Way, List<Load.Measured>> rounds) {

    enum Way {
        SERVICE("Realms"),
        RESOURCE("bare JAX-RS"),
        DATABASE("bare JDBC"),
        PEER("Node and pg");

        final String title;

        Way(String title) {
            this.title = title;
        }
    }

    static Cell of(Kind kind, int connections) {
        return new Cell(kind, connections, new EnumMap<>(Way.class));
    }

    boolean has(Way way) {
        return rounds.containsKey(way);
    }

    /** NaN when nobody asked this way. */
    double perSecond(Way way) {
        return !has(way) ? Double.NaN : Medians.of(rounds.get(way), Load.Measured::perSecond);
    }

    double median(Way way) {
        return Medians.of(rounds.get(way), Load.Measured::median);
    }

    double p99(Way way) {
        return Medians.of(rounds.get(way), Load.Measured::p99);
    }

    /** The service's requests per second, of those the other way. */
    double ratioTo(Way way) {
        return perSecond(Way.SERVICE) / perSecond(way);
    }
}
