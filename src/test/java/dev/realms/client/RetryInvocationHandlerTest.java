package dev.realms.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.realms.realm.CreateRealm;
import dev.realms.realm.RealmView;
import jakarta.ws.rs.ProcessingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the client sends a request again. The service that answers here says what it is told to. */
class RetryInvocationHandlerTest {

    private static final int LOST = -1;
    private static final UUID ID = UUID.randomUUID();

    private final Queue<Integer> statuses = new ArrayDeque<>();
    private final List<String> keys = Collections.synchronizedList(new ArrayList<>());

    private HttpServer service;
    private RealmsClient client;

    @BeforeEach
    void start() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", this::answer);
        service.start();
        client = RealmsClient.at(
                        URI.create("http://127.0.0.1:" + service.getAddress().getPort()))
                .as("fake-token");
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        service.stop(0);
    }

    @Test
    void waitsWhileTheServiceAsksForIt() {
        statuses.addAll(List.of(503, 429, 201));

        Tagged<RealmView> made = client.realms().create(null, new CreateRealm("a", null));

        assertThat(made.value().id()).isEqualTo(ID);
        assertThat(keys).hasSize(3).doesNotContainNull();
        assertThat(keys.stream().distinct()).hasSize(1);
    }

    @Test
    void keepsTheKeyThatItIsGiven() {
        statuses.addAll(List.of(LOST, 201));

        client.realms().create("order-17", new CreateRealm("a", null));

        assertThat(keys).containsExactly("order-17", "order-17");
    }

    @Test
    void givesUpWhenItTakesTooLong() throws IOException {
        statuses.addAll(List.of(503, 503));

        try (RealmsClient hasty = client.patient(Duration.ofMillis(500))) {
            assertThatThrownBy(() -> hasty.realms().create(null, new CreateRealm("a", null)))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            problem -> assertThat(problem.code()).isEqualTo("migration-in-progress"));
        }
        assertThat(keys).hasSize(1);
    }

    /** It would send the rest of it, which is nothing. */
    @Test
    void sendsAStreamOnce() {
        statuses.addAll(List.of(503, 201));

        assertThatThrownBy(() -> client.realms()
                        .importRealm(null, null, null, null, new ByteArrayInputStream(new byte[] {'{', '}'})))
                .isInstanceOf(ProblemException.class);
        assertThat(keys).hasSize(1);
    }

    @Test
    void doesNotRepeatAChangeAfterALostConnection() {
        statuses.addAll(List.of(LOST, 200));

        assertThatThrownBy(() -> client.realms().makeDefault(ID, null)).isInstanceOf(ProcessingException.class);

        assertThat(keys).hasSize(1);
    }

    @Test
    void doesNotRepeatWhatWasRefused() {
        statuses.addAll(List.of(409, 201));

        assertThatThrownBy(() -> client.realms().create(null, new CreateRealm("a", null)))
                .isInstanceOf(ProblemException.class);

        assertThat(keys).hasSize(1);
    }

    @Test
    void takesNoRedirectForDone() {
        statuses.add(301);

        assertThatThrownBy(() -> client.realms().delete(ID, null, null, null))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.status()).isEqualTo(301));
    }

    @Test
    void refusesATokenThatNoHeaderCanHaveWithoutNamingIt() throws IOException {
        try (RealmsClient wrong = client.as("fake-secret\n")) {
            assertThatThrownBy(() -> wrong.realms().getCurrent())
                    .rootCause()
                    .hasMessageContaining("The token has characters")
                    .hasMessageNotContaining("fake-secret");
        }
    }

    /** Whatever a proxy may say instead of the service. */
    @Test
    void takesAnotherAnswerForAProblemWithoutCode() {
        statuses.add(502);

        assertThatThrownBy(() -> client.realms().getCurrent())
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.status()).isEqualTo(502);
                    assertThat(problem.code()).isEqualTo("unknown");
                });
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
        int status = statuses.remove();
        if (status == LOST) {
            exchange.close();
            return;
        }
        String code = status == 409 ? "realm-name-taken" : "migration-in-progress";
        String body = switch (status) {
            case 200, 201 -> "{\"id\": \"" + ID + "\", \"somethingNew\": [1, {}]}";
            case 502 -> "<html>Bad gateway</html>";
            default -> "{\"code\": \"" + code + "\", \"detail\": \"d\", \"errors\": []}";
        };
        exchange.getResponseHeaders().set("Content-Type", status == 502 ? "text/html" : "application/json");
        if (status == 503 || status == 429) {
            exchange.getResponseHeaders().set("Retry-After", "1");
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
