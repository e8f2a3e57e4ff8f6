package dev.realms.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.realms.testing.Api;
import dev.realms.testing.ApiModel;
import dev.realms.testing.ApiModel.Body;
import dev.realms.testing.ApiModel.Operation;
import dev.realms.testing.DatabaseState;
import dev.realms.testing.Effort;
import dev.realms.testing.Endpoints;
import dev.realms.testing.Fingerprint;
import dev.realms.testing.Json;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.Seed;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.TestServer;
import dev.realms.web.problem.ProblemType;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.persistence.Entity;
import jakarta.persistence.MappedSuperclass;
import java.lang.reflect.Field;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever is sent, in every operation that takes something. A failure names its seed, which {@code -Drealms.seed=…} repeats. */
@OnDatabase(value = DatabaseState.FINALIZED, own = true)
class InputIT {

    private static final long SEED = Seed.of(InputIT.class).value();

    private static final int VALID = 5 * Effort.TIMES;
    private static final int MUTATED = 10 * Effort.TIMES;

    /** An operation that chance has given no success goes on trying, this many times as often. */
    private static final int PATIENCE = 100;

    private static final Set<String> CODES =
            Arrays.stream(ProblemType.values()).map(ProblemType::code).collect(Collectors.toSet());
    private static final Pattern LEAK = Pattern.compile(
            "Exception|\\bat [a-z]+\\.|SELECT |INSERT |UPDATE |ERROR:|org\\.postgresql|dev\\.realms|jdbc|relation \\\"");

    /** As somebody would guess them who knows other services. */
    private static final List<String> GUESSES = List.of(
            "admin",
            "isAdmin",
            "owner",
            "ownerId",
            "tenantId",
            "hash",
            "keyHash",
            "secret",
            "version_",
            "deleted",
            "realm");

    private final URI base = TestServer.base();

    private ApiModel model;
    private Inhabited realm;
    private Fingerprint fingerprint;

    @BeforeEach
    void moveIn() throws SQLException {
        fingerprint = new Fingerprint();
        model = ApiModel.read(Api.at(base));
        realm = Inhabited.make(base);
    }

    @AfterEach
    void close() throws SQLException {
        fingerprint.close();
    }

    @Test
    void knowsEveryOperationThatTakesABody() {
        assertThat(model.writes())
                .extracting(Operation::toString)
                .containsExactlyInAnyOrderElementsOf(Endpoints.all().stream()
                        .filter(endpoint -> endpoint.body().isPresent())
                        .map(Endpoints.Endpoint::toString)
                        .toList());
    }

    @Test
    void refusesEveryColumnAndAttributeThatIsNoField() throws SQLException {
        Set<String> names = Stream.of(columns(), attributes(), GUESSES.stream())
                .flatMap(some -> some)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(names)
                .contains("realmId", "userId", "id", "documentCount", "realmKept", "key", "prefix", "isDefault");

        for (Operation operation : model.writes()) {
            Body body = operation.body().orElseThrow();
            List<String> wrong = names.stream()
                    .filter(name -> !body.properties().containsKey(name))
                    .toList();
            // Of very many at once not each is named.
            for (int i = 0; i < wrong.size(); i += 40) {
                assertRefused(operation, wrong.subList(i, Math.min(i + 40, wrong.size())));
            }
        }
    }

    private void assertRefused(Operation operation, List<String> names) throws SQLException {
        String path = realm.path(operation);
        String before = fingerprint.take();

        var answer = send(
                operation,
                path,
                names.stream()
                        .map(name -> "\"" + name + "\": " + guess(name))
                        .collect(Collectors.joining(", ", "{", "}")));

        assertThat(answer.status()).as("%s: %s", operation, answer).isEqualTo(400);
        for (String name : names) {
            assertThat(answer.json().getJsonArray("errors"))
                    .as("%s: %s", operation, answer)
                    .contains(Json.of(
                            "{\"field\": \"%s\", \"message\": \"is not a field that can be set\"}".formatted(name)));
        }
        assertThat(fingerprint.take()).as("%s", operation).isEqualTo(before);
    }

    /** Valid bodies: most are taken, and what was taken comes back as it was sent, now and when it is read again. */
    @Test
    void keepsWhatItTakes() throws SQLException {
        Map<String, Integer> taken = new LinkedHashMap<>();
        eachWrite(VALID, (operation, bodies) -> {
            Map<String, String> members = bodies.valid(operation.body().orElseThrow());
            var answer = tryOut(operation, Bodies.text(members));
            if (answer.status() < 300) {
                taken.merge(operation.toString(), 1, Integer::sum);
                assertKept(members, answer.json());
                answer.header("Location")
                        .ifPresent(location -> assertKept(
                                members,
                                realm.api()
                                        .get(URI.create(location).getRawPath())
                                        .json()));
            }
            return answer.status() < 300;
        });
        assertThat(taken.keySet())
                .containsAll(model.writes().stream()
                        .filter(operation -> !isUpToTheState(operation))
                        .map(Operation::toString)
                        .toList());
    }

    @Test
    void refusesWhatItDoesNotTake() throws SQLException {
        int[] refused = {0};
        eachWrite(MUTATED, (operation, bodies) -> {
            String body = bodies.mutated(operation.body().orElseThrow());
            var answer = tryOut(operation, body);
            if (answer.status() < 300 && !body.isEmpty()) {
                assertKept(members(body), answer.json());
            }
            refused[0] += answer.status() >= 400 ? 1 : 0;
            return answer.status() >= 400;
        });
        assertThat(refused[0]).isGreaterThan(model.writes().size() * MUTATED / 2);
    }

    @Test
    void mindsOddParametersAndHeaders() {
        Random random = new Random(SEED);
        List<String> odd = List.of(
                "",
                " ",
                "0",
                "-1",
                "true",
                "null",
                "\0",
                "\u202e",
                "\ud83d\ude00",
                "\u001b",
                "'",
                "\"",
                "%",
                "a|b",
                "../..",
                "9".repeat(50),
                "x".repeat(2_000),
                "1-1-1-1-1",
                "2026-01-01T00:00:00Z",
                realm.realmId().toUpperCase(java.util.Locale.ROOT),
                realm.userId());
        for (Operation operation : model.operations()) {
            boolean startsWork =
                    operation.method().equals("POST") && operation.path().matches("/api/admin/(?!users|tokens).*");
            if (!operation.path().startsWith("/api/") || startsWork) {
                continue;
            }
            for (String value : odd) {
                String encoded =
                        URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
                String path = random.nextBoolean()
                        ? operation.path().replace("{id}", encoded).replace("{realmId}", realm.realmId())
                        : operation.path().replace("{id}", realm.userId()).replace("{realmId}", encoded);
                String query = operation.query().stream()
                        .filter(name -> random.nextBoolean())
                        .map(name -> name + "=" + encoded)
                        .collect(Collectors.joining("&", "?", ""));
                if (path.contains("//") || path.endsWith("/")) {
                    continue;
                }
                var answer = realm.api()
                        .with("If-Match", value.replaceAll("[^ -~]", "?"))
                        .with("Idempotency-Key", "k" + value.replaceAll("[^!-~]", "?"))
                        .send(operation.method(), path + query, operation.body().isPresent() ? "{}" : null);
                assertInOrder(operation + " as " + path + query, answer);
            }
        }
    }

    private interface Attempt {
        boolean with(Operation operation, Bodies bodies) throws SQLException;
    }

    private void eachWrite(int times, Attempt attempt) throws SQLException {
        System.out.println("SEED " + SEED);
        Bodies bodies = new Bodies(new Random(SEED), realm.references());
        JqwikSession.start();
        try {
            for (Operation operation : model.writes()) {
                boolean done = false;
                int most = isUpToTheState(operation) ? times : PATIENCE * times;
                for (int i = 0; i < times || !done && i < most; i++) {
                    done |= attempt.with(operation, bodies);
                }
            }
        } finally {
            JqwikSession.finish();
        }
    }

    /** Whatever is sent, a database that has nothing to migrate refuses it. */
    private static boolean isUpToTheState(Operation operation) {
        return operation.path().matches("/api/admin/migration/(start|finalize|rollback)");
    }

    /** Sends the body to a row of its own; what was refused has changed nothing. */
    private Api.Answer tryOut(Operation operation, String body) throws SQLException {
        String path = realm.path(operation);
        String before = fingerprint.take();
        var answer = send(operation, path, body);
        String what = "-Drealms.seed=" + SEED + ": " + operation + " " + shortened(body);
        assertInOrder(what, answer);
        if (answer.status() >= 400) {
            assertThat(fingerprint.take()).as(what).isEqualTo(before);
        }
        return answer;
    }

    private Api.Answer send(Operation operation, String path, String body) {
        return realm.api().send(operation.method(), path, body);
    }

    /** Either it was done, or a problem says why not; nothing tells of our insides. */
    private static void assertInOrder(String what, Api.Answer answer) {
        String all = what + " -> " + shortened(answer.toString());
        assertThat(answer.status()).as(all).isBetween(200, 499);
        if (answer.status() >= 400 && !answer.body().isEmpty()) {
            assertThat(answer.header("Content-Type")).as(all).hasValue("application/problem+json");
            JsonObject problem = answer.json();
            assertThat(CODES).as(all).contains(problem.getString("code"));
            assertThat(problem.getInt("status")).as(all).isEqualTo(answer.status());
            assertThat(LEAK.matcher(problem.getString("title") + problem.getString("detail"))
                            .find())
                    .as(all)
                    .isFalse();
            assertThat(answer.body().length()).as(all).isLessThan(20_000);
        }
    }

    private static void assertKept(Map<String, String> sent, JsonObject view) {
        sent.forEach((name, json) -> {
            JsonValue kept = view.get(name);
            // A job that is finished is all done, whatever else was said.
            boolean done = name.equals("percentage") && "\"FINISHED\"".equals(sent.get("status"));
            if (kept != null && !json.equals("null") && !done) {
                assertThat(same(Json.of(json), kept))
                        .as("-Drealms.seed=%s: %s %s, kept as %s", SEED, name, json, kept)
                        .isTrue();
            }
        });
    }

    private static Map<String, String> members(String body) {
        Map<String, String> members = new LinkedHashMap<>();
        Json.of(body).asJsonObject().forEach((name, value) -> members.put(name, value.toString()));
        return members;
    }

    private static boolean same(JsonValue sent, JsonValue kept) {
        if (sent instanceof JsonNumber number && kept instanceof JsonNumber other) {
            return number.doubleValue() == other.doubleValue();
        } else if (sent.equals(kept)) {
            return true;
        } else if (sent instanceof JsonString text && kept instanceof JsonString other) {
            // Names count without the spaces around them, instants whatever their offset.
            return text.getString().strip().equals(other.getString())
                    || other.getString().matches("\\d{4}-\\d\\d-\\d\\dT.*Z")
                            && OffsetDateTime.parse(text.getString())
                                    .toInstant()
                                    .truncatedTo(ChronoUnit.MILLIS)
                                    .equals(Instant.parse(other.getString()));
        }
        return false;
    }

    private static Stream<String> columns() {
        return Arrays.stream(TestDatabase.query("""
                SELECT string_agg(DISTINCT column_name, ' ') FROM information_schema.columns
                WHERE table_schema = 'realms' AND table_name NOT LIKE 'flyway%'""").split(" "))
                .map(column -> Pattern.compile("_(.)")
                        .matcher(column)
                        .replaceAll(letter -> letter.group(1).toUpperCase(java.util.Locale.ROOT)));
    }

    private static Stream<String> attributes() {
        List<String> names = new ArrayList<>();
        for (JavaClass type : new ClassFileImporter().importPackages("dev.realms")) {
            if (type.isAnnotatedWith(Entity.class) || type.isAnnotatedWith(MappedSuperclass.class)) {
                for (Field field : type.reflect().getDeclaredFields()) {
                    names.add(field.getName());
                }
            }
        }
        return names.stream();
    }

    /** A value that would do harm, were it taken. */
    private String guess(String name) {
        return name.endsWith("Id") || name.equals("id")
                ? "\""
                        + realm.references()
                                .getOrDefault(name, List.of(realm.userId()))
                                .get(0) + "\""
                : name.startsWith("is") || name.endsWith("Active") ? "true" : "\"1\"";
    }

    private static String shortened(String text) {
        return text.length() < 3_000 ? text : text.substring(0, 3_000) + "… (" + text.length() + " characters)";
    }
}
