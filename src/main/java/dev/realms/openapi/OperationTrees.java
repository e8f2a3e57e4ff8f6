package dev.realms.openapi;

import dev.realms.realm.isolation.Role;
import dev.realms.security.auth.AccessRules;
import dev.realms.web.DescribedAs;
import dev.realms.web.json.Patch;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.MediaType;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** An operation for each method of a resource. */
final class OperationTrees {

    private final SourceDocs docs;
    private final SchemaTrees schemas;
    private final Examples examples;
    private final ParameterTrees parameters;
    private final AnswerTrees answers;
    private final List<ResourceMethod> methods;

    OperationTrees(
            SourceDocs docs,
            SchemaTrees schemas,
            Examples examples,
            AnswerTrees answers,
            List<ResourceMethod> methods) {
        this.docs = docs;
        this.schemas = schemas;
        this.examples = examples;
        this.answers = answers;
        this.methods = methods;
        parameters = new ParameterTrees(schemas.values());
    }

    /** @throws IllegalStateException where something is missing that only its author knows */
    Tree of(ResourceMethod method) {
        String sentences = docs.of(method.resource(), method.method().getName());
        if (sentences.isEmpty()) {
            throw new IllegalStateException(method + " has no Javadoc, whose first sentence is its summary");
        }
        Tree operation = Tree.of("tags", List.of(tag(method)))
                .with("operationId", method.id())
                .with("summary", SourceDocs.first(sentences).replaceFirst("\\.$", ""))
                .with("description", sentences + rights(method))
                .with("security", security(method));
        List<Tree> taken = parameters.of(method);
        List<ResourceMethod> streams = methods.stream()
                .filter(other -> other.isStream() && other.path().equals(method.path()) && method.isList())
                .toList();
        if (!streams.isEmpty()) {
            taken.addAll(parameters.of(streams.get(0)));
        }
        if (!taken.isEmpty()) {
            operation.with("parameters", taken);
        }
        method.body().ifPresent(body -> operation.with("requestBody", body(method, body)));
        return operation.with("responses", answers.of(method, !streams.isEmpty()));
    }

    /** What it is about, by the path of its resource: {@code API keys}, {@code Migration}. */
    static String tag(ResourceMethod method) {
        String about = method.root()
                .replaceFirst("^(/api|/admin|/realms/\\{realmId})/", "")
                .replaceAll("^/|/.*$", "");
        String words = about.replace('-', ' ').replaceFirst("^api ", "API ");
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private Tree body(ResourceMethod method, Parameter body) {
        Tree content = new Tree();
        List<String> types =
                List.of(method.method().getAnnotation(Consumes.class).value());
        if (ResourceMethod.isLines(body)) {
            types.stream()
                    .filter(type -> !type.equals(MediaType.APPLICATION_JSON))
                    .forEach(type -> content.with(type, AnswerTrees.lines()));
            return Tree.of("required", true).with("content", content);
        }
        Tree schema;
        if (body.getType() == Patch.class) {
            schema = schemas.patch(updated(method, body));
        } else {
            schema = schemas.request(body.getType());
        }
        types.forEach(type -> content.with(type, examples.in(Tree.of("schema", schema), schema)));
        return Tree.of("required", true).with("content", content);
    }

    /** What is put to the same path, or what the parameter says. */
    private Class<?> updated(ResourceMethod patch, Parameter body) {
        DescribedAs typed = body.getAnnotation(DescribedAs.class);
        return typed != null
                ? typed.value()
                : methods.stream()
                        .filter(other -> other.verb().equals(HttpMethod.PUT)
                                && other.path().equals(patch.path()))
                        .flatMap(put -> put.body().stream())
                        .<Class<?>>map(Parameter::getType)
                        .findFirst()
                        .orElseThrow(
                                () -> new IllegalStateException(patch + " does not say what it changes: @DescribedAs"));
    }

    private static List<Tree> security(ResourceMethod method) {
        if (method.isServlet()) {
            return method.verb().equals(HttpMethod.POST) ? List.of(Tree.of("code", List.of())) : List.of();
        }
        Tree token = Tree.of("token", List.of());
        return AnswerTrees.rule(method).keys() ? List.of(token, Tree.of("apiKey", List.of())) : List.of(token);
    }

    private static String rights(ResourceMethod method) {
        if (method.isServlet()) {
            return "";
        }
        AccessRules.Rule rule = AnswerTrees.rule(method);
        String roles = rule.roles().equals(Set.of(Role.values()))
                ? ""
                : " For the role "
                        + Arrays.stream(Role.values())
                                .filter(rule.roles()::contains)
                                .map(Role::name)
                                .collect(Collectors.joining(" or "))
                        + ".";
        return roles + (rule.keys() ? "" : " Not for API keys.");
    }
}
