package dev.realms.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.sql.TextResource;
import dev.realms.testing.Api;
import dev.realms.testing.DatabaseState;
import dev.realms.testing.Endpoints;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.TestServer;
import jakarta.json.JsonObject;
import java.net.URI;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** {@code /openapi}, which is what the build has written. */
@OnDatabase(DatabaseState.FINALIZED)
class ApiDescriptionIT {

    private final URI base = TestServer.base();

    @Test
    void isWhatTheBuildHasWritten() {
        String json = TextResource.read("META-INF/openapi.json");
        String yaml = TextResource.read("META-INF/openapi.yaml");

        assertThat(Api.at(base).get("/openapi").body()).isEqualTo(json);
        assertThat(Api.at(base)
                        .with("Accept", "*/*")
                        .get("/openapi?format=JSON")
                        .body())
                .isEqualTo(json);
        assertThat(Api.at(base).with("Accept", "*/*").get("/openapi").body()).isEqualTo(yaml);
        assertThat(Api.at(base)
                        .get("/openapi?format=yaml")
                        .header("Content-Type")
                        .orElseThrow())
                .startsWith("application/yaml");
    }

    @Test
    void isNotSentToWhoHasIt() {
        String tag = Api.at(base).get("/openapi").header("ETag").orElseThrow();

        assertThat(Api.at(base).with("If-None-Match", tag).get("/openapi").status())
                .isEqualTo(304);
    }

    @Test
    void describesEveryEndpoint() {
        JsonObject paths = Api.at(base).get("/openapi").json().getJsonObject("paths");

        assertThat(Endpoints.all())
                .allSatisfy(endpoint -> assertThat(paths.getJsonObject(endpoint.template()))
                        .containsKey(endpoint.method().toLowerCase(Locale.ROOT)));
        assertThat(paths).containsKeys("/api/sign-in", "/metrics", "/health/ready");
    }
}
