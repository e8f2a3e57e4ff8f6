package dev.realms.launch;

import dev.realms.launch.Command.CannotStart;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Asks {@code /health/ready} whether the application (not just the server without it) is up. One whose database has been rolled back
 * gets no readier than to answer whoever leads the migration.
 */
final class Readiness {

    private static final Duration DEPLOYING = Duration.ofMinutes(10);
    private static final Pattern ON_THE_WAY_BACK =
            Pattern.compile("\"state\"\\s*:\\s*\"(rolling-back|rolled-back|rollback-failed)\"");

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final HttpRequest question;
    private final ServerProcess server;

    Readiness(ServerProcess server, int port) {
        this.server = server;
        // An address, not a name: the machine may resolve localhost to an interface the server is not on.
        this.question = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready"))
                .timeout(Duration.ofSeconds(10))
                .build();
    }

    /** @throws CannotStart when the server ends or the application refuses to start */
    void await(StopSignal stop) {
        if (!server.await(this::isReady, DEPLOYING, stop)) {
            throw new CannotStart(
                    "The application does not get ready; see " + server.log().file() + ".");
        }
    }

    private boolean isReady() {
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
