package dev.realms.launch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * Waits until {@code /health/ready} says that the application (not just the server without it) is up. One whose database has been rolled back
 * gets no readier than to answer whoever leads the migration.
 */
final class Readiness {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** After the server has deployed, well or not. */
    private static final Duration PATIENCE_AFTER = Duration.ofMinutes(2);

    private static final Pattern ON_THE_WAY_BACK =
            Pattern.compile("\"state\"\\s*:\\s*\"(rolling-back|rolled-back|rollback-failed)\"");

    private static final Duration INTERVAL = Duration.ofMillis(250);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final HttpRequest question;

    Readiness(int port) {
        // An address, not a name: the machine may resolve localhost to an interface the server is not on.
        question = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready"))
                .timeout(Duration.ofSeconds(10))
                .build();
    }

    /** @throws CannotStart when the server ends or the application refuses to start */
    void await(ServerProcess server, StopSignal stop) {
        Instant deadline = Instant.now().plus(PATIENCE);
        boolean deployed = false;
        while (!isReady(server)) {
            server.check();
            if (!deployed && server.log().isDeployed()) {
                deployed = true;
                deadline = Instant.now().plus(PATIENCE_AFTER);
            }
            if (Instant.now().isAfter(deadline)) {
                throw new CannotStart("The application does not get ready; see "
                        + server.log().file() + ".");
            }
            stop.pause(INTERVAL);
        }
    }

    private boolean isReady(ServerProcess server) {
        try {
            HttpResponse<String> answer = client.send(question, HttpResponse.BodyHandlers.ofString());
            // A server whose deployment failed is "UP" with an empty list of checks.
            return answer.statusCode() == 200 && answer.body().contains("\"name\"")
                    || ON_THE_WAY_BACK.matcher(answer.body()).find()
                            && server.log().isDeployed();
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
