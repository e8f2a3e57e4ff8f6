package dev.realms.http;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/**
 * Completes what the servers read from the resources for {@code /openapi}: parameters of paths that no method takes, since the realm
 * travels another way, names of operations that are unique, and problems. Their schemas are in {@code META-INF/openapi.yaml},
 * because the two servers' versions of MicroProfile OpenAPI disagree on how a schema is given its type.
 */
public class ApiDescription implements OASFilter {

    private static final Pattern TEMPLATE = Pattern.compile("\\{(\\w+)}");

    @Override
    public void filterOpenAPI(OpenAPI api) {
        api.getPaths().getPathItems().forEach(ApiDescription::complete);
    }

    private static void complete(String path, PathItem item) {
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

    private static Content problem() {
        return OASFactory.createContent()
                .addMediaType(
                        "application/problem+json",
                        OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().ref("#/components/schemas/Problem")));
    }

    private static void declare(Operation operation, String parameter) {
        boolean declared = operation.getParameters() != null
                && operation.getParameters().stream().anyMatch(known -> parameter.equals(known.getName()));
        if (!declared) {
            operation.addParameter(OASFactory.createParameter()
                    .name(parameter)
                    .in(Parameter.In.PATH)
                    .required(true)
                    .schema(OASFactory.createSchema().ref("#/components/schemas/Id")));
        }
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
