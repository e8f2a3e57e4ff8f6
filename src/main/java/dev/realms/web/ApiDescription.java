package dev.realms.web;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.parameters.RequestBody;

/**
 * Completes what the servers read from the resources for {@code /openapi}: parameters of paths that no method takes, since the realm
 * travels another way, names of operations that are unique, and problems. Their schemas are in {@code META-INF/openapi.yaml},
 * because the two servers' versions of MicroProfile OpenAPI disagree on how a schema is given its type.
 */
public class ApiDescription implements OASFilter {

    /** Types that are none of the API's: members that may be left out, and patches of anything. */
    private static final List<String> OURS_ALONE = List.of("Change", "ChangeString", "ChangeUUID", "Patch");

    /** Of resources that can be patched but not replaced. */
    private static final Map<String, String> UPDATES = Map.of(
            "/api/admin/users/{id}", "#/components/schemas/UpdateUser",
            "/api/admin/migration/limits", "#/components/schemas/UpdateLimits");

    private static final Pattern TEMPLATE = Pattern.compile("\\{(\\w+)}");

    @Override
    public void filterOpenAPI(OpenAPI api) {
        api.getPaths().getPathItems().forEach(ApiDescription::complete);
        Components components = api.getComponents();
        OURS_ALONE.forEach(components::removeSchema);
        // WildFly adds what it reads from the records, which is less, to what is written.
        components.getSchemas().values().stream()
                .filter(schema ->
                        schema.getAllOf() != null && !schema.getAllOf().isEmpty())
                .forEach(schema -> schema.setProperties(null));
    }

    private static void complete(String path, PathItem item) {
        if (item.getPATCH() != null) {
            item.getPATCH().setRequestBody(patch(path, item.getPUT()));
        }
        item.getOperations().forEach((method, operation) -> {
            operation.setOperationId(method.name().toLowerCase(Locale.ROOT) + name(path));
            operation
                    .getResponses()
                    .addAPIResponse(
                            "4XX",
                            OASFactory.createAPIResponse()
                                    .description("A problem")
                                    .content(problem()));
            Matcher template = TEMPLATE.matcher(path);
            while (template.find()) {
                declare(operation, template.group(1));
            }
        });
    }

    /** What a merge patch may hold is what the update of the same resource may, and nothing has to be there. */
    private static RequestBody patch(String path, Operation update) {
        String schema = update == null ? UPDATES.get(path) : schema(update);
        MediaType patch =
                OASFactory.createMediaType().schema(OASFactory.createSchema().ref(schema.replace("/Update", "/Patch")));
        return OASFactory.createRequestBody()
                .required(true)
                .content(OASFactory.createContent()
                        .addMediaType("application/merge-patch+json", patch)
                        .addMediaType("application/json", patch));
    }

    private static String schema(Operation operation) {
        return operation.getRequestBody().getContent().getMediaTypes().values().stream()
                .map(media -> media.getSchema().getRef())
                .findFirst()
                .orElseThrow();
    }

    private static Content problem() {
        return OASFactory.createContent()
                .addMediaType(
                        "application/problem+json",
                        OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().ref("#/components/schemas/Problem")));
    }

    /** Every parameter of a path is an id. Realms have UUIDs, whatever ids the installation has; the application server's batch has numbers. */
    private static void declare(Operation operation, String name) {
        Parameter parameter = Optional.ofNullable(operation.getParameters()).orElse(List.of()).stream()
                .filter(declared -> name.equals(declared.getName()))
                .findFirst()
                .orElseGet(() -> {
                    Parameter added = OASFactory.createParameter()
                            .name(name)
                            .in(Parameter.In.PATH)
                            .required(true);
                    operation.addParameter(added);
                    return added;
                });
        String schema =
                Map.of("executionId", "ExecutionId", "realmId", "RealmId").getOrDefault(name, "Id");
        parameter.setSchema(OASFactory.createSchema().ref("#/components/schemas/" + schema));
    }

    /** {@code /api/realms/{realmId}/api-keys} is {@code RealmsRealmIdApiKeys}. */
    private static String name(String path) {
        StringBuilder name = new StringBuilder();
        for (String part : path.replaceFirst("^/api/", "").split("\\W+")) {
            name.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
        }
        return name.toString();
    }
}
