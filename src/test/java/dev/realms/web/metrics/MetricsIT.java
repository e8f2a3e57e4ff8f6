package dev.realms.web.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.Api;
import dev.realms.testing.DatabaseState;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.Prometheus;
import dev.realms.testing.TestServer;
import dev.realms.testing.TestUser;
import dev.realms.testing.Tokens;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code /metrics} says of requests. */
@OnDatabase(DatabaseState.FINALIZED)
class MetricsIT {

    private static final String ABSENT = "Prometheus is not here: alerts and dashboard are not tried.";

    private static final Path MONITORING = Path.of("docker", "monitoring");

    private final URI base = TestServer.base();
    private final TestUser user = TestUser.signIn(base);

    @Test
    void countsRequestsByRoute() {
        double before = count("GET", "/api/realms/{realmId}/documents/{id}", 404);

        user.api().get(user.path("/documents/nobody-s"));
        user.api().get(user.path("/documents/somebody-else-s"));

        assertThat(count("GET", "/api/realms/{realmId}/documents/{id}", 404)).isEqualTo(before + 2);
    }

    @Test
    void countsWhatIsRefusedBeforeAResource() {
        double unknown = count("GET", "/api/*", 404);
        double anonymous = count("POST", "/api/realms", 401);
        double odd = count("_OTHER", "/api/*", 405);

        user.api().get("/api/nothing/of/the/kind");
        Api.at(base).post("/api/realms", "{\"name\": \"a\"}");
        user.api().send("BREW", "/api/realms", null);

        assertThat(count("GET", "/api/*", 404)).isEqualTo(unknown + 1);
        assertThat(count("POST", "/api/realms", 401)).isEqualTo(anonymous + 1);
        assertThat(count("_OTHER", "/api/*", 405)).isEqualTo(odd + 1);
    }

    @Test
    void countsAnEventStreamWhileItIsOpen() throws Exception {
        Api operator = Api.at(base).as(Tokens.ofAdministrator());
        double before = value("http_server_active_requests");

        try (var events = operator.listen("/api/admin/migration/events")) {
            assertThat(events).isNotNull();
            assertThat(value("http_server_active_requests")).isGreaterThan(before);
        }
    }

    @Test
    void namesNobody() {
        user.make("documents", "{\"name\": \"a\", \"type\": \"t\"}");
        user.api().get("/api/realms/" + user.realmId() + "/stats");

        assertThat(metrics()).doesNotContain(user.id()).doesNotContain(user.realmId());
    }

    @Test
    void tellsHowIsolationIs() {
        assertThat(value("realms_isolation_guaranteed")).isEqualTo(1);
        assertThat(value("realms_requests_permits{kind=\"read\"}")).isPositive();
    }

    /** Each query is understood, and what it asks for is there. */
    @Test
    @Tag("any-server")
    void alertsAndDashboardAreUnderstoodByPrometheus() throws IOException {
        Assumptions.assumeTrue(Prometheus.isInstalled(), ABSENT);
        JsonObject dashboard = object(Files.readString(MONITORING.resolve("grafana-dashboard.json")));
        List<String> drawn = dashboard.getJsonArray("panels").getValuesAs(JsonObject.class).stream()
                .flatMap(panel -> panel.getJsonArray("targets").getValuesAs(JsonObject.class).stream())
                .map(target -> target.getString("expr").replace("$__rate_interval", "10s"))
                .toList();
        List<String> alerts = Pattern.compile("expr: (.*)")
                .matcher(Files.readString(MONITORING.resolve("alerts.yml")))
                .results()
                .map(match -> match.group(1))
                .toList();

        try (Prometheus prometheus = Prometheus.start(base, MONITORING.resolve("alerts.yml"))) {
            prometheus.await("up == 1");
            user.api().get(user.path("/documents"));
            prometheus.await("rate(http_server_request_duration_seconds_count[10s]) > 0");

            assertThat(drawn).hasSizeGreaterThan(10).allSatisfy(prometheus::query);
            assertThat(alerts).hasSizeGreaterThan(5).allSatisfy(prometheus::query);
            assertThat(prometheus.query("ALERTS{alertstate=\"firing\", severity=\"critical\"}"))
                    .isEmpty();
            List<String> names = names(drawn, alerts);
            assertThat(names)
                    .allSatisfy(
                            name -> assertThat(known(prometheus, name)).as(name).isTrue());
        }
    }

    /** The audit's are there after the first audit only, the migration's while there is something to say. */
    private static boolean known(Prometheus prometheus, String name) {
        JsonArray result = prometheus.query(name);
        return !result.isEmpty()
                || name.matches("realms_isolation_audit_.*|realms_migration_(done_ratio|rows_per_second|chunk_rows)");
    }

    private static List<String> names(List<String> drawn, List<String> alerts) {
        return Stream.concat(drawn.stream(), alerts.stream())
                .flatMap(expression -> Pattern.compile("(http_server|realms|jvm)_\\w+")
                        .matcher(expression)
                        .results())
                .map(MatchResult::group)
                .distinct()
                .toList();
    }

    private double count(String method, String route, int status) {
        return value(
                "http_server_request_duration_seconds_count{http_request_method=\"%s\",http_response_status_code=\"%d\",http_route=\"%s\"}"
                        .formatted(method, status, route));
    }

    /** Zero where there is none. */
    private double value(String series) {
        return metrics()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .map(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElse(0.0);
    }

    private String metrics() {
        return Api.at(base).get("/metrics").body();
    }

    private static JsonObject object(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }
}
