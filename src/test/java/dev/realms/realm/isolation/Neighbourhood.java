package dev.realms.realm.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.InServer;
import dev.realms.web.json.Ids;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * My realm and the neighbour's. Everything of mine has an id that the neighbour's things have, too; other things of theirs have
 * an id that nothing of mine has.
 */
@InServer
record Neighbourhood(TwoRealms realms, String shared, String onlyTheirs) {

    private static final String ROWS = """
            INSERT INTO database_servers (id, name, type, host, port, user_id, realm_id)
              VALUES ('%1$s', '%4$s', 'NEO4J', 'h', 1, '%2$s', '%3$s');
            INSERT INTO databases (id, name, description, server_id, user_id, realm_id)
              VALUES ('%1$s', '%4$s', '', '%1$s', '%2$s', '%3$s');
            INSERT INTO documents (id, name, type, database_id, user_id, realm_id)
              VALUES ('%1$s', '%4$s', 't', '%1$s', '%2$s', '%3$s');
            INSERT INTO jobs (id, document_name, document_type, document_id, user_id, realm_id)
              VALUES ('%1$s', '%4$s', 't', '%1$s', '%2$s', '%3$s');
            INSERT INTO api_keys (id, name, key, user_id, realm_id) VALUES ('%1$s', '%4$s', '%4$s %1$s', '%2$s', '%3$s');
            INSERT INTO realm_events (id, realm_id, user_id, kind, details)
              VALUES ('%1$s', '%3$s', '%2$s', 'realm-made', '{"name": "%4$s"}');
            """;

    static Neighbourhood make() {
        return new Neighbourhood(TwoRealms.make(), Ids.next(), Ids.next());
    }

    /**
     * Calls everything the services can do, with ids of mine, of the neighbour and of nobody: each gives the very same outcome
     * as it does while there is no neighbour, and the neighbour's rows stay as they were.
     */
    void assertNoCallSeesTheNeighbour() {
        List<RepositoryCall> calls = RepositoryCall.all();
        assertThat(calls).hasSizeGreaterThanOrEqualTo(6 * 5 + 3);
        calls.forEach(call -> List.of(shared, onlyTheirs, Ids.next()).forEach(id -> {
            empty();
            fill(shared, realms.me(), realms.mine(), "mine");
            String alone = outcome(call, id);

            empty();
            fill(shared, realms.me(), realms.mine(), "mine");
            fill(shared, realms.neighbour(), realms.theirs(), "theirs shared");
            fill(onlyTheirs, realms.neighbour(), realms.theirs(), "theirs only");
            Map<String, String> before = theirs();
            String beside = outcome(call, id);

            assertThat(beside).as("%s with %s", call, name(id)).isEqualTo(alone).doesNotContain("theirs");
            assertThat(theirs()).as("%s with %s", call, name(id)).isEqualTo(before);
            if (id == shared) {
                assertThat(beside).as("%s with my own id", call).startsWith("returned");
            }
        }));
    }

    /** Empty again, so that keys that were dropped can be made again. */
    void empty() {
        TwoRealms.tables()
                .forEach(table -> TwoRealms.asOwner("DELETE FROM %s WHERE realm_id IN ('%s', '%s')"
                        .formatted(table, realms.mine(), realms.theirs())));
    }

    private String outcome(RepositoryCall call, String id) {
        return call.outcome(id)
                .replace(shared, "<shared>")
                .replace(onlyTheirs, "<only theirs>")
                .replace(realms.mine().toString(), "<mine>")
                .replace(realms.theirs().toString(), "<theirs>")
                .replace(realms.me(), "<me>")
                .replace(realms.neighbour(), "<theirs too>")
                .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<new>")
                .replaceAll("20\\d\\d-\\d\\d-\\d\\dT[0-9:.]+Z", "<time>")
                .replaceAll("rlm_\\w+", "<key>");
    }

    private String name(String id) {
        return id == shared ? "my own id" : id == onlyTheirs ? "the neighbour's id" : "nobody's id";
    }

    private Map<String, String> theirs() {
        return TwoRealms.tables().stream()
                .collect(Collectors.toMap(
                        table -> table,
                        table -> TwoRealms.query(
                                "SELECT string_agg(t::text, ' ' ORDER BY id) FROM %s t WHERE realm_id = '%s'"
                                        .formatted(table, realms.theirs())),
                        (a, b) -> a,
                        TreeMap::new));
    }

    static void fill(String id, String user, UUID realm, String name) {
        TwoRealms.asOwner("BEGIN; " + ROWS.formatted(id, user, realm, name) + " COMMIT");
    }
}
