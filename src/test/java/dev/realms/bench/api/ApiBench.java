package dev.realms.bench.api;

import dev.realms.bench.Load;
import dev.realms.bench.api.Cell.Way;
import dev.realms.testing.Api;
import dev.realms.testing.Node;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.Wars;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * How fast the API is, beside the same query in a bare JAX-RS resource and beside the same statements from bare JDBC, in turns, in one
 * run, and beside a service on Node that does the same job: on a migrated database, with API keys of many realms, row-level security on.
 *
 * <p>{@code -Drealms.bench.users=500 -Drealms.bench.seconds=2 -Drealms.bench.rounds=1 -Drealms.bench.connections=16
 * -Drealms.bench.kinds=GET,LIST} for less; {@code -Drealms.bench.write=true} puts table and chart into {@code docs/performance.md}.
 */
class ApiBench {

    private static final int USERS = Integer.getInteger("realms.bench.users", 5_000);
    private static final int SECONDS = Integer.getInteger("realms.bench.seconds", 3);
    private static final int WARM_UP = Integer.getInteger("realms.bench.warm-up", 30);
    private static final int ROUNDS = Integer.getInteger("realms.bench.rounds", 3);
    private static final List<Integer> CONNECTIONS = Arrays.stream(
                    System.getProperty("realms.bench.connections", "1,16,64").split(","))
            .map(Integer::valueOf)
            .toList();
    private static final Set<Kind> KINDS = kinds(System.getProperty("realms.bench.kinds"));

    private static Node node;
    private static URI base;

    /** Null where npm is not installed. */
    private static NodePeer peer;

    @BeforeAll
    static void startOnADatabaseFromBeforeRealms() {
        TestDatabase.resetToPreRealm(USERS);
        Place.makeBigUser();
        WebArchive war =
                Wars.named("bench.war").addClasses(BareApplication.class, BareResource.class, Statements.class);
        node = Node.start("bench", Wars.file(war), Map.of("REALMS_MIGRATION_AUTOSTART", "true"))
                .awaitStart();
        base = node.base();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void besideBareResourcesAndBareDatabase() throws Exception {
        String start = startUp();
        awaitMigration();
        TestDatabase.asOwner("VACUUM (ANALYZE)");
        List<Place> places = Place.all().stream()
                .map(place -> place.isBig() ? place.with(deepCursor(place)) : place)
                .toList();
        Path folder = Path.of(System.getProperty("realms.it.target"), "bench");
        Wrk wrk = new Wrk(folder);
        List<Cell> cells;
        try (BareDatabase database = new BareDatabase();
                NodePeer ours = NodePeer.isAvailable() ? NodePeer.start(places, folder) : null) {
            peer = ours;
            if (peer == null) {
                say("npm is not here: nothing is asked of the peer on Node.");
            }
            say("Warming up.");
            warmUp(places, wrk, database);
            cells = measured(places, wrk, database);
        }
        String words = start
                + ServerMemory.resident()
                        .map(" After all of it the service held %d MB."::formatted)
                        .orElse("");
        Report report = new Report(cells);
        say("%s\n\n%s", words, report.table());
        if (Boolean.getBoolean("realms.bench.write")) {
            report.write(
                    Path.of(System.getProperty("realms.it.server-config")).resolveSibling("docs"),
                    System.getProperty("realms.it.server"),
                    words + "\n");
        }
    }

    /** The service longest: it has the most code to be compiled. */
    private static void warmUp(List<Place> places, Wrk wrk, BareDatabase database) throws Exception {
        for (Kind kind : KINDS) {
            List<String> requests =
                    kind.places(places).stream().map(kind::toService).toList();
            wrk.run("service", base, requests, 16, WARM_UP);
            measure(Cell.of(kind, 16), 0, places, wrk, database, Math.max(1, WARM_UP / 5));
        }
    }

    private static List<Cell> measured(List<Place> places, Wrk wrk, BareDatabase database) throws Exception {
        List<Cell> cells = new ArrayList<>();
        for (Kind kind : KINDS) {
            // As autovacuum would have done soon: who comes first after many writes marks their rows for all who
            // follow.
            TestDatabase.asOwner("VACUUM (ANALYZE)");
            for (int connections : CONNECTIONS) {
                Cell cell = Cell.of(kind, connections);
                for (int round = 0; round < ROUNDS; round++) {
                    measure(cell, round, places, wrk, database, SECONDS);
                }
                cells.add(cell);
                say(
                        "%-24s %2d connections: %,7.0f/s, %.2f of JAX-RS, %.2f of JDBC (%,.0f/s), %.2f of Node, p99 %.1f ms",
                        kind.title,
                        connections,
                        cell.perSecond(Way.SERVICE),
                        cell.ratioTo(Way.RESOURCE),
                        cell.ratioTo(Way.DATABASE),
                        cell.perSecond(Way.DATABASE),
                        cell.ratioTo(Way.PEER),
                        cell.p99(Way.SERVICE));
            }
        }
        return cells;
    }

    /** One round: every way, one after the other, so that all of them meet the same machine; another one first each time. */
    private static void measure(Cell cell, int round, List<Place> all, Wrk wrk, BareDatabase database, int seconds)
            throws Exception {
        Kind kind = cell.kind();
        List<Place> places = kind.places(all);
        int callers = cell.connections();
        Way[] ways = Arrays.stream(Way.values())
                .filter(way -> way != Way.PEER || peer != null)
                .toArray(Way[]::new);
        for (int i = 0; i < ways.length; i++) {
            Way way = ways[(i + round) % ways.length];
            add(
                    cell,
                    way,
                    switch (way) {
                        case SERVICE ->
                            wrk.run(
                                    "service",
                                    base,
                                    places.stream().map(kind::toService).toList(),
                                    callers,
                                    seconds);
                        case RESOURCE ->
                            wrk.run(
                                    "resource",
                                    base,
                                    places.stream().map(kind::toBareResource).toList(),
                                    callers,
                                    seconds);
                        case DATABASE -> database.run(kind, places, callers, seconds);
                        case PEER ->
                            wrk.run(
                                    "peer",
                                    peer.base(),
                                    places.stream().map(kind::toPeer).toList(),
                                    callers,
                                    seconds);
                    });
        }
    }

    private static void add(Cell cell, Way way, Load.Measured measured) {
        cell.rounds().computeIfAbsent(way, any -> new ArrayList<>()).add(measured);
    }

    /** The cursor that a page ending at the place's document would have had; walking there would take 1,800 requests. */
    private String deepCursor(Place place) {
        Api api = Api.at(base).as(place.key());
        String path = "/api/realms/" + place.realmId() + "/documents?limit=1";
        String first = api.get(path).json().getString("nextCursor");
        return Cursors.at(first, place.createdAt().toInstant(), place.documentId());
    }

    private static void awaitMigration() {
        long end = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        while (!"migrated".equals(TestDatabase.query("SELECT state FROM migration.state"))) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("The database was not migrated within five minutes");
            }
            LockSupport.parkNanos(100_000_000);
        }
    }

    /** Of the server with the application, as Arquillian hands it over. */
    private static String startUp() {
        return ServerMemory.age()
                .map(age -> String.format(
                        Locale.ROOT, "It was ready %.1f s after its process began.", age.toMillis() / 1e3))
                .orElse("");
    }

    private static Set<Kind> kinds(String names) {
        return names == null
                ? EnumSet.allOf(Kind.class)
                : Arrays.stream(names.split(","))
                        .map(Kind::valueOf)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Kind.class)));
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
