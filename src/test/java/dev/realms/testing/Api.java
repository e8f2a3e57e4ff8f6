package dev.realms.testing;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/**
 * A client of the HTTP API as somebody outside would write it: a base address, perhaps a bearer token, JSON in and out.
 * Immutable; {@link #as} and {@link #with} return another one.
 */
@InServer
public final class Api {

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private static final Map<String, String> ACCEPT = Map.of("Accept", "application/json, */*;q=0.1");

    private static volatile Consumer<HttpResponse<?>> observer = answer -> {};

    private final HttpClient client;
    private final URI base;
    private final Map<String, String> headers;

    private Api(HttpClient client, URI base, Map<String, String> headers) {
        this.client = client;
        this.base = base;
        this.headers = headers;
    }

    /**
     * @param base the address of the deployment. Only its port counts: the application runs at the root, and Payara's adapter
     *     names the outer address of the machine although the server listens on the loopback interface
     */
    public static Api at(URI base) {
        return new Api(CLIENT, URI.create("http://127.0.0.1:" + base.getPort()), ACCEPT);
    }

    /**
     * By way of a proxy.
     *
     * @param base the address of the service's root, as the proxy knows it
     * @param tls which certificates are trusted
     */
    static Api below(URI base, SSLContext tls) {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .sslContext(tls)
                .build();
        return new Api(client, base, ACCEPT);
    }

    /** Has all answers shown to somebody from now on, who may fail. */
    static void showAnswersTo(Consumer<HttpResponse<?>> somebody) {
        observer = somebody;
    }

    /** The same API, called with a bearer token. */
    public Api as(String token) {
        return with("Authorization", "Bearer " + token);
    }

    /** The same API, called with one more header, or another value of it. */
    public Api with(String header, String value) {
        Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        more.put(header, value);
        return new Api(client, base, more);
    }

    public Answer get(String path) {
        return send("GET", path, null);
    }

    public Answer post(String path, String json) {
        return send("POST", path, json);
    }

    public Answer post(String path) {
        return send("POST", path, null);
    }

    public Answer put(String path, String json) {
        return send("PUT", path, json);
    }

    public Answer patch(String path, String mergePatch) {
        return send("PATCH", path, mergePatch);
    }

    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    /** What an answer has led to. */
    public Answer get(URI address) {
        return new Answer(send(request("GET", address, null), BodyHandlers.ofString()));
    }

    /** To a server-sent stream. */
    public Listener listen(String path) {
        return new Listener(
                send(with("Accept", "text/event-stream").request("GET", path, null), BodyHandlers.ofInputStream()));
    }

    /** Of a server that may be starting: what it answers until then no description has, such as 404 for what is there a moment later. */
    public Answer getWhileStarting(String path) {
        return new Answer(exchange(request("GET", path, null), BodyHandlers.ofString()));
    }

    /** The body as it came. */
    public HttpResponse<byte[]> bytes(String path) {
        return send(request("GET", path, null), BodyHandlers.ofByteArray());
    }

    /** @param body JSON, or whatever the header Content-Type says; null for none */
    public Answer send(String method, String path, String body) {
        return new Answer(send(request(method, path, body), BodyHandlers.ofString()));
    }

    private HttpRequest request(String method, String path, String body) {
        return request(method, URI.create(base + path), body);
    }

    private HttpRequest request(String method, URI address, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(Duration.ofMinutes(1));
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.method(method, HttpRequest.BodyPublishers.ofString(body))
                    .header(
                            "Content-Type",
                            method.equals("PATCH") ? "application/merge-patch+json" : "application/json");
        }
        headers.forEach(request::setHeader);
        return request.build();
    }

    private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> body) {
        HttpResponse<T> answer = exchange(request, body);
        observer.accept(answer);
        return answer;
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, BodyHandler<T> body) {
        try {
            return client.send(request, body);
        } catch (IOException e) {
            throw new UncheckedIOException(request.method() + " " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static JsonObject object(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    /** What came back. */
    public record Answer(HttpResponse<String> response) {

        public int status() {
            return response.statusCode();
        }

        public String body() {
            return response.body();
        }

        public JsonValue value() {
            try (var reader = Json.createReader(new StringReader(body()))) {
                return reader.readValue();
            }
        }

        public JsonObject json() {
            return value().asJsonObject();
        }

        /** Where a reference leads that the answer holds, such as its Location. */
        public URI resolve(String reference) {
            return response.uri().resolve(reference);
        }

        public Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }

        /** For messages of failed assertions. */
        @Override
        public String toString() {
            return status() + " " + response.headers().map() + " " + body();
        }
    }
}
