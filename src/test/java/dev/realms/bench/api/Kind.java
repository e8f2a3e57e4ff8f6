package dev.realms.bench.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is asked of the service, of a bare resource, and of JDBC alike.
 *
 * @see BareResource
 */
enum Kind {
    LIST("list 50", Statements.LIST, Place::small, "/documents", 0.5, 2.2, 60),
    BIG_LIST("list 50 of 100,000", Statements.LIST, Place::big, "/documents", 0, 0, 0),
    BIG_PAGE("a page deep in 100,000", Statements.PAGE, Place::big, "/documents?cursor={cursor}", 0, 0, 0),
    GET("get one", Statements.GET, Place::small, "/documents/{document}", 0.45, 1.3, 40),
    POST("post one", Statements.INSERT, Place::small, "/documents", 0.5, 1.2, 60),
    STATS("stats", Statements.STATS, Place::small, "/stats", 0.6, 1.5, 60),
    BIG_STATS("stats of 100,000", Statements.STATS, Place::big, "/stats", 0, 0, 0);

    private static final String BODY = "{\"name\":\"New document.pdf\",\"type\":\"application/pdf\"}";

    final String title;
    final String sql;

    /** Of bare JDBC's requests per second at 16 connections; 0 for none. */
    final double goal;

    /** Of the peer's requests per second at 16 connections; 0 for none. */
    final double goalOfPeer;

    /** Milliseconds, p99 at 64 connections; 0 for none. */
    final double slowest;

    private final Function<List<Place>, List<Place>> places;
    private final String path;

    Kind(
            String title,
            String sql,
            Function<List<Place>, List<Place>> places,
            String path,
            double goal,
            double goalOfPeer,
            double slowest) {
        this.title = title;
        this.sql = sql;
        this.places = places;
        this.path = path;
        this.goal = goal;
        this.goalOfPeer = goalOfPeer;
        this.slowest = slowest;
    }

    List<Place> places(List<Place> all) {
        return places.apply(all);
    }

    boolean writes() {
        return this == POST;
    }

    String toService(Place place) {
        String filled = path.replace("{document}", place.documentId().toString())
                .replace("{cursor}", Optional.ofNullable(place.cursor()).orElse(""));
        return line("/api/realms/" + place.realmId() + filled, place);
    }

    /** As to the service, but for the cursor, which is the peer's own. */
    String toPeer(Place place) {
        String cursor = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        (place.createdAt().toInstant() + " " + place.documentId()).getBytes(StandardCharsets.UTF_8));
        return toService(place.with(cursor));
    }

    String toBareResource(Place place) {
        return line("/bare/" + name() + "/" + place.realmId() + "/" + place.documentId(), place);
    }

    private String line(String target, Place place) {
        return String.join("\t", writes() ? "POST" : "GET", target, place.key(), writes() ? BODY : "");
    }
}
