package dev.realms.client;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.microprofile.rest.client.RestClientBuilder;

/**
 * The service, as programs call it. Good for many threads; so are the parts that it gives. Whoever made it closes it.
 *
 * <pre>{@code
 * RealmsClient realms = RealmsClient.at(URI.create("https://realms.example.org")).as(key);
 * UUID realm = realms.realms().getCurrent().value().id();
 * realms.documents().create(realm, null, new CreateDocument("a.pdf", "pdf", null, null, null, null, null, null));
 * }</pre>
 *
 * Needs an implementation of MicroProfile Rest Client 3 and of Jakarta JSON Binding 3 that knows records, such as every server has that the
 * service runs on.
 */
public final class RealmsClient implements Closeable {

    /** Jersey sends through HttpURLConnection, which knows no PATCH unless its module is open, as Payara sees to. */
    private static final String JERSEY_KNOWS_PATCH = "jersey.config.client.httpUrlConnection.setMethodWorkaround";

    private static final int CONNECT_SECONDS = 10;
    private static final int READ_SECONDS = 60;

    private final URI base;
    private final Supplier<String> token;
    private final Duration patience;
    private final Map<Class<?>, Closeable> parts = new ConcurrentHashMap<>();

    private RealmsClient(URI base, Supplier<String> token, Duration patience) {
        this.base = base;
        this.token = token;
        this.patience = patience;
    }

    /** @param base where the service is, without {@code /api} */
    public static RealmsClient at(URI base) {
        return new RealmsClient(base, () -> null, Duration.ofSeconds(30));
    }

    /** With an API key, or a token that lives long enough. */
    public RealmsClient as(String token) {
        return as(() -> token);
    }

    /** @param token is asked before each request, so that it can be a new one when the last one has ended */
    public RealmsClient as(Supplier<String> token) {
        return new RealmsClient(base, token, patience);
    }

    /** @param patience how long a call may go on trying while the service asks to be asked again, 30 seconds unless said; zero for one try */
    public RealmsClient patient(Duration patience) {
        return new RealmsClient(base, token, patience);
    }

    public RealmsApi realms() {
        return part(RealmsApi.class);
    }

    public ServersApi servers() {
        return part(ServersApi.class);
    }

    public DatabasesApi databases() {
        return part(DatabasesApi.class);
    }

    public DocumentsApi documents() {
        return part(DocumentsApi.class);
    }

    public JobsApi jobs() {
        return part(JobsApi.class);
    }

    public ApiKeysApi apiKeys() {
        return part(ApiKeysApi.class);
    }

    public MeApi me() {
        return part(MeApi.class);
    }

    public UsersApi users() {
        return part(UsersApi.class);
    }

    public TokensApi tokens() {
        return part(TokensApi.class);
    }

    /** Lets go of the connections. */
    @Override
    public void close() throws IOException {
        for (Closeable part : parts.values()) {
            part.close();
        }
    }

    private <T> T part(Class<T> type) {
        Closeable part = parts.computeIfAbsent(type, any -> (Closeable) build(type));
        return RetryInvocationHandler.of(type, type.cast(part), patience);
    }

    /** What MicroProfile builds can be closed. */
    private <T> T build(Class<T> type) {
        return RestClientBuilder.newBuilder()
                .baseUri(base)
                .connectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                .readTimeout(READ_SECONDS, TimeUnit.SECONDS)
                .property("microprofile.rest.client.disable.default.mapper", true)
                .property(JERSEY_KNOWS_PATCH, true)
                .register(new JsonBodies())
                .register(new ProblemReader())
                .register((ClientRequestFilter) this::signIn)
                .build(type);
    }

    private void signIn(ClientRequestContext request) {
        String bearer = token.get();
        if (bearer != null) {
            // Whatever sends it would put it into its complaint.
            if (!bearer.matches("[!-~]+")) {
                throw new IllegalArgumentException(
                        "The token has characters that no header can have, such as a line's end.");
            }
            request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, "Bearer " + bearer);
        }
    }
}
