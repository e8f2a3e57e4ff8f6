package dev.realms.openapi;

import dev.realms.web.DescribedAs;
import dev.realms.web.KnownParameters;
import dev.realms.web.PageRequest;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The parameters of methods. Those that mean the same everywhere are components, by their names. */
final class ParameterTrees {

    private static final Pattern TEMPLATE = Pattern.compile("\\{(\\w+)}");

    private final ValueTrees values;

    ParameterTrees(ValueTrees values) {
        this.values = values;
    }

    List<Tree> of(ResourceMethod method) {
        List<Tree> parameters = new ArrayList<>();
        TEMPLATE.matcher(method.template()).results().forEach(found -> parameters.add(path(method, found.group(1))));
        KnownParameters.declared(method.method()).forEach(parameter -> {
            query(parameter).ifPresent(parameters::add);
            header(parameter).ifPresent(parameters::add);
        });
        if (method.isConditional()) {
            parameters.add(Tree.reference("parameters", "If-None-Match"));
        }
        if (method.isIdempotent()) {
            parameters.add(Tree.reference("parameters", "Idempotency-Key"));
        }
        return parameters;
    }

    /** Of what no method takes, the realm of a path, the type is known. */
    private Tree path(ResourceMethod method, String name) {
        Optional<Parameter> declared = Arrays.stream(method.method().getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(PathParam.class)
                        && parameter.getAnnotation(PathParam.class).value().equals(name))
                .findFirst();
        Class<?> type = declared.<Class<?>>map(ParameterTrees::type).orElse(UUID.class);
        return parameter("path", name, type == String.class ? ValueTrees.id() : values.of(type, type))
                .with("required", true);
    }

    private Optional<Tree> query(AnnotatedElement parameter) {
        QueryParam query = parameter.getAnnotation(QueryParam.class);
        if (query == null) {
            return Optional.empty();
        }
        String name = query.value();
        return Optional.of(
                switch (name) {
                    case "limit" ->
                        parameter(
                                        "query",
                                        name,
                                        Tree.of("type", "integer")
                                                .with("format", "int32")
                                                .with("minimum", 1)
                                                .with("maximum", PageRequest.MAX_LIMIT)
                                                .with("default", PageRequest.DEFAULT_LIMIT))
                                .with("description", "How many items at most.");
                    case "cursor" -> Tree.reference("parameters", name);
                    default -> {
                        Class<?> type = type(parameter);
                        yield parameter(
                                "query",
                                name,
                                type == String.class && name.endsWith("Id")
                                        ? ValueTrees.id()
                                        : values.of(type, parameter));
                    }
                });
    }

    private static Optional<Tree> header(AnnotatedElement parameter) {
        return Optional.ofNullable(parameter.getAnnotation(HeaderParam.class))
                .map(header -> Tree.reference("parameters", header.value()));
    }

    private static Class<?> type(AnnotatedElement parameter) {
        DescribedAs typed = parameter.getAnnotation(DescribedAs.class);
        if (typed != null) {
            return typed.value();
        }
        return parameter instanceof Field field ? field.getType() : ((Parameter) parameter).getType();
    }

    private static Tree parameter(String in, String name, Tree schema) {
        return Tree.of("name", name).with("in", in).with("schema", schema);
    }
}
