package dev.realms.launch.sample;

import java.time.Instant;
import java.util.UUID;

/** A database whose row is written last, because it counts its documents. */
final class SampleDatabase {

    private final UUID id;
    private final UUID server;
    private final String name;
    private final Instant created;
    private int documents;
    private Instant lastUpdated;

    SampleDatabase(UUID id, UUID server, String name, Instant created) {
        this.id = id;
        this.server = server;
        this.name = name;
        this.created = created;
        this.lastUpdated = created;
    }

    UUID id() {
        return id;
    }

    String name() {
        return name;
    }

    Instant created() {
        return created;
    }

    void count(Instant uploaded) {
        documents++;
        lastUpdated = uploaded.isAfter(lastUpdated) ? uploaded : lastUpdated;
    }

    void write(SampleTables tables, UUID user, String description) {
        tables.databases.add(id, name, description, documents, lastUpdated, created, lastUpdated, user, server);
    }
}
