package dev.realms.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.Api;
import dev.realms.testing.ApiModel;
import dev.realms.testing.ApiModel.Body;
import dev.realms.testing.ApiModel.Operation;
import dev.realms.testing.DatabaseState;
import dev.realms.testing.Endpoints;
import dev.realms.testing.Endpoints.Endpoint;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.ProjectClasses;
import dev.realms.testing.TestServer;
import dev.realms.web.json.Patch;
import jakarta.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What {@code /openapi} says of the API. */
@OnDatabase(DatabaseState.FINALIZED)
class ApiDescriptionIT {

    private static final Pattern TEMPLATE = Pattern.compile("\\{(\\w+)}");

    private final URI base = TestServer.base();

    @Test
    void describesEveryEndpoint() {
        JsonObject api = Api.at(base).get("/openapi?format=JSON").json();
        List<String> names = new ArrayList<>();

        assertThat(api.getJsonObject("info").getString("title")).isEqualTo("Realms");
        for (Endpoint endpoint : Endpoints.all()) {
            JsonObject path = api.getJsonObject("paths").getJsonObject(endpoint.template());
            assertThat(path).as(endpoint.template()).isNotNull();
            JsonObject operation = path.getJsonObject(endpoint.method().toLowerCase(Locale.ROOT));
            assertThat(operation).as(endpoint.toString()).isNotNull();
            names.add(operation.getString("operationId"));
            TEMPLATE.matcher(endpoint.template())
                    .results()
                    .forEach(parameter -> assertThat(operation.getJsonArray("parameters"))
                            .as(endpoint.toString())
                            .anyMatch(declared -> declared.asJsonObject()
                                            .getString("name")
                                            .equals(parameter.group(1))
                                    && declared.asJsonObject().getString("in").equals("path")));
        }
        assertThat(names).doesNotHaveDuplicates();
        assertThat(api.getJsonObject("paths")).containsKey("/api/sign-in");
    }

    /** Every bound of every field, so that clients can check before they send. */
    @Test
    void describesWhatEveryOperationTakes() {
        Map<String, Operation> described = ApiModel.read(Api.at(base)).writes().stream()
                .collect(Collectors.toMap(Operation::toString, operation -> operation));
        Map<String, Class<?>> updates = Endpoints.all().stream()
                .filter(endpoint ->
                        endpoint.method().equals("PUT") && endpoint.body().isPresent())
                .collect(Collectors.toMap(
                        Endpoint::template, endpoint -> endpoint.body().orElseThrow()));

        for (Endpoint endpoint : Endpoints.all()) {
            endpoint.body().ifPresent(type -> {
                assertThat(described).containsKey(endpoint.toString());
                Body body = described.get(endpoint.toString()).body().orElseThrow();
                if (type == Patch.class) {
                    Body update = RecordModel.of(updates.getOrDefault(endpoint.template(), updateOf(body)));
                    assertThat(body.properties()).as(endpoint.toString()).isEqualTo(update.properties());
                    assertThat(body.required()).as(endpoint.toString()).isEmpty();
                } else {
                    assertThat(body).as(endpoint.toString()).isEqualTo(RecordModel.of(type));
                }
            });
        }
    }

    /** Some can be patched but not replaced, so that no endpoint names their record. */
    private static Class<?> updateOf(Body patch) {
        return ProjectClasses.product()
                .filter(Class::isRecord)
                .filter(type -> List.of("", "Update").stream()
                        .map(update -> patch.schema().replace("Patch", update))
                        .anyMatch(type.getSimpleName()::equals))
                .findFirst()
                .orElseThrow();
    }
}
