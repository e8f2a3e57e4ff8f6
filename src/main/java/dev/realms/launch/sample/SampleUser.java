package dev.realms.launch.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** One user and all that is theirs. */
final class SampleUser {

    /** The first user is the administrator whom the run command's token names, so that there is something to see at once. */
    private static final Culture.Person ADMINISTRATOR = new Culture.Person("Zoë Åström 管理", "admin@realms.local");

    private static final List<String> PURPOSES = List.of(
            "What the search box answers from",
            "Suppliers, contracts and how they hang together",
            "Everything the support team may quote",
            "Scratch space for new embeddings",
            "Vertragswissen für die Rechtsabteilung",
            "社内文書の検索用");

    private static final Instant FIRST = Instant.parse("2023-02-01T08:00:00Z");

    private final SampleTables tables;
    private final SampleRandom random;
    private final long rank;
    private final Culture culture;
    private final UUID id;
    private final Instant joined;

    private SampleUser(SampleTables tables, long rank) {
        this.tables = tables;
        this.rank = rank;
        this.random = new SampleRandom(rank);
        this.culture = random.pick(List.of(Culture.values()));
        this.id = random.uuid();
        this.joined = random.instant(FIRST, SampleData.NOW.minus(Duration.ofDays(60)));
    }

    /** @param users how many there are, which is what the tail's weight depends on */
    static void write(SampleTables tables, long rank, int users) {
        SampleUser user = new SampleUser(tables, rank);
        user.writeUser();
        List<SampleDatabase> databases = user.databases(user.servers());
        user.writeSettings(databases);
        user.writeDocuments(databases, (int) Math.min(5.0 * users / ((double) rank * rank), 1e8));
        databases.forEach(database -> database.write(tables, user.id, user.random.pick(PURPOSES)));
        user.writeApiKeys();
    }

    private void writeUser() {
        Culture.Person person = rank == 1 ? ADMINISTRATOR : culture.person(random, rank);
        String role = rank == 1 ? "ADMIN" : rank % 10 == 0 ? "VIEWER" : "USER";
        String avatar = random.chance(0.3) ? "https://avatars.example.com/" + id : null;
        tables.users.add(id, person.name(), person.email(), avatar, role, joined, joined);
    }

    private void writeSettings(List<SampleDatabase> databases) {
        tables.settings.add(
                random.uuid(),
                id,
                random.pick(List.of("LIGHT", "DARK", "SYSTEM")),
                culture.language(),
                random.chance(0.8),
                random.chance(0.9),
                databases.isEmpty() || random.chance(0.5)
                        ? null
                        : random.pick(databases).name(),
                joined,
                joined);
    }

    private List<UUID> servers() {
        List<UUID> servers = new ArrayList<>();
        int count = random.chance(0.03) ? 0 : 1 + random.skewed(0.9);
        for (int number = 1; number <= count; number++) {
            servers.add(SampleServer.write(tables, random, id, rank, number, random.instant(joined, later())));
        }
        return servers;
    }

    private List<SampleDatabase> databases(List<UUID> servers) {
        List<SampleDatabase> databases = new ArrayList<>();
        int count = servers.isEmpty() ? 0 : 1 + random.skewed(2.2);
        for (int number = 1; number <= count; number++) {
            databases.add(new SampleDatabase(
                    random.uuid(),
                    random.pick(servers),
                    culture.topic(random) + " " + number,
                    random.instant(joined, later())));
        }
        return databases;
    }

    private void writeDocuments(List<SampleDatabase> databases, int heavy) {
        int count = heavy + random.skewed(22);
        for (int number = 1; number <= count; number++) {
            SampleDatabase database = databases.isEmpty() || random.chance(0.1) ? null : random.pick(databases);
            SampleDocument.draw(
                            random, id, culture.topic(random), number, database == null ? joined : database.created())
                    .write(tables, random, database);
        }
    }

    private void writeApiKeys() {
        int count = random.skewed(2.4);
        for (int number = 1; number <= count; number++) {
            Instant made = random.instant(joined, SampleData.NOW);
            Instant used = random.chance(0.7) ? random.instant(made, SampleData.NOW) : null;
            tables.apiKeys.add(
                    random.uuid(),
                    random.pick(List.of("laptop", "ci", "notebook", "клиент", "夜間バッチ")) + " " + number,
                    "sk_" + random.hex(48),
                    made,
                    used,
                    made,
                    used == null ? made : used,
                    id);
        }
    }

    private Instant later() {
        return joined.plus(Duration.ofDays(30));
    }
}
