package dev.realms.launch.sample;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** One kind of database server, with what its product needs to be reached. */
enum SampleServer {
    QDRANT(6333, false, true),
    NEO4J(7687, true, false),
    PINECONE(443, false, true),
    WEAVIATE(8080, false, true),
    CHROMA(8000, true, false);

    private static final List<String> PURPOSES =
            List.of("production", "staging", "research", "archive", "eu-west", "测试", "Разработка", "búsqueda");

    private final int port;
    private final boolean hasPassword;
    private final boolean hasApiKey;

    SampleServer(int port, boolean hasPassword, boolean hasApiKey) {
        this.port = port;
        this.hasPassword = hasPassword;
        this.hasApiKey = hasApiKey;
    }

    static UUID write(SampleTables tables, SampleRandom random, UUID user, long rank, int number, Instant created) {
        UUID id = random.uuid();
        SampleServer type = random.pick(List.of(values()));
        boolean active = number == 1 || random.chance(0.6);
        Instant connected = active ? random.instant(created, SampleData.NOW) : null;
        String purpose = random.pick(PURPOSES);
        tables.servers.add(
                id,
                purpose + (number > 1 ? " " + number : ""),
                type,
                type.name().toLowerCase(Locale.ROOT) + "-" + number + ".u" + rank + ".internal",
                type.port,
                type.hasPassword ? "svc" : null,
                type.hasPassword ? "pw-" + random.hex(20) : null,
                type.hasApiKey ? "key-" + random.hex(32) : null,
                type == NEO4J ? "neo4j" : null,
                type == QDRANT || type == CHROMA ? "documents" : null,
                active,
                created,
                connected,
                connected == null ? created : connected,
                user);
        return id;
    }
}
