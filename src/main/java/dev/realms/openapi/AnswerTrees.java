package dev.realms.openapi;

import dev.realms.security.auth.AccessRules;
import dev.realms.web.json.JsonLines;
import dev.realms.web.problem.ProblemType;
import dev.realms.web.problem.Refuses;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The answers of methods by status: what is written when all is well, and the problems that can occur. */
final class AnswerTrees {

    private static final String JSON = "application/json";
    private static final List<String> ALWAYS = List.of("RateLimit", "RateLimit-Policy");
    private static final Map<Integer, String> WELL = Map.of(
            200, "What was asked for.",
            201, "It was made.",
            202, "It has begun.",
            204, "It was done.");

    private final SchemaTrees schemas;
    private final Examples examples;

    /** Records that are answered with an entity tag. */
    private final Set<Class<?>> tagged = new HashSet<>();

    private final Map<String, Tree> components = new TreeMap<>();

    AnswerTrees(SchemaTrees schemas, Examples examples, List<ResourceMethod> methods) {
        this.schemas = schemas;
        this.examples = examples;
        methods.stream()
                .filter(method -> method.isConditional() || method.takesHeader("If-Match"))
                .forEach(method -> method.view().ifPresent(tagged::add));
    }

    /** Answers that several methods give, by name. */
    Map<String, Tree> components() {
        return components;
    }

    /** @param streamed whether the same path answers events, too */
    Tree of(ResourceMethod method, boolean streamed) {
        Tree answers = Tree.of(Integer.toString(method.status()), well(method, streamed));
        if (method.hasDryRun()) {
            answers.with(
                    "200",
                    Tree.of("description", "What would be made, of a dry run.")
                            .with("headers", headers(ALWAYS))
                            .with("content", Tree.of(JSON, media(method.view().orElseThrow()))));
        }
        if (method.isConditional()) {
            answers.with("304", Tree.reference("responses", "NotModified"));
        }
        if (method.isServlet()) {
            answers.with("4XX", Tree.reference("responses", "Refused"));
        }
        problems(method).stream()
                .collect(Collectors.groupingBy(ProblemType::status, TreeMap::new, Collectors.toList()))
                .forEach((status, types) -> answers.with(status.toString(), problem(types)));
        return answers;
    }

    private Tree well(ResourceMethod method, boolean streamed) {
        Tree answer = Tree.of("description", WELL.get(method.status())).withAny("headers", headers(headers(method)));
        Optional<Class<?>> view = method.view();
        if (view.isEmpty()) {
            return answer;
        }
        if (method.answersLines()) {
            return answer.with("content", Tree.of(JsonLines.MEDIA_TYPE, lines()));
        }
        Tree content = Tree.of(JSON, method.isList() ? page(view.get()) : media(view.get()));
        if (streamed) {
            content.with("text/event-stream", Tree.of("schema", Tree.of("type", "string")));
        }
        return answer.with("content", content);
    }

    private List<String> headers(ResourceMethod method) {
        List<String> names = new ArrayList<>();
        if (!method.isServlet()) {
            names.addAll(ALWAYS);
        }
        if (method.isList()) {
            names.add("Link");
            return names;
        }
        if (method.status() == 201) {
            names.add("Location");
        }
        if (method.answersResponse() && method.view().filter(tagged::contains).isPresent()) {
            names.add("ETag");
        }
        return names;
    }

    private static Tree headers(List<String> names) {
        Tree headers = new Tree();
        names.forEach(name -> headers.with(name, Tree.reference("headers", name)));
        return headers;
    }

    /** Of what has an object on each line: there is no schema of it as a whole. */
    static Tree lines() {
        return Tree.of(
                "schema",
                Tree.of("type", "string")
                        .with(
                                "description",
                                "JSON Lines. The first is of the kind `realm`, the last of the kind `end`; between them stand `server`, `database`, `document` and `job`, what is referred to before what refers to it."));
    }

    private Tree media(Class<?> view) {
        Tree schema = schemas.answer(view);
        return examples.in(Tree.of("schema", schema), schema);
    }

    private Tree page(Class<?> item) {
        Tree media = Tree.of("schema", schemas.page(item));
        return examples.of(schemas.answer(item))
                .map(example -> media.with(
                        "example", new Tree().with("items", List.of(example)).with("nextCursor", null)))
                .orElse(media);
    }

    private static Set<ProblemType> problems(ResourceMethod method) {
        Set<ProblemType> problems = EnumSet.noneOf(ProblemType.class);
        Refuses refuses = method.method().getAnnotation(Refuses.class);
        if (refuses != null) {
            problems.addAll(Arrays.asList(refuses.value()));
        }
        if (method.isServlet()) {
            return problems;
        }
        problems.addAll(List.of(
                ProblemType.VALIDATION,
                ProblemType.UNAUTHENTICATED,
                // Of the first request of somebody whose address another user has.
                ProblemType.EMAIL_TAKEN,
                ProblemType.NOT_ACCEPTABLE,
                ProblemType.TOO_MANY_REQUESTS,
                ProblemType.INTERNAL,
                ProblemType.UNAVAILABLE,
                ProblemType.MIGRATION_IN_PROGRESS));
        if (!rule(method).isForAll()) {
            problems.add(ProblemType.FORBIDDEN);
        }
        if (method.template().contains("{realmId}")) {
            problems.add(ProblemType.REALM_NOT_FOUND);
        }
        if (method.template().replace("{realmId}", "").contains("{")) {
            problems.add(ProblemType.NOT_FOUND);
        }
        if (method.body().isPresent()) {
            problems.addAll(List.of(ProblemType.TOO_SLOW, ProblemType.TOO_LARGE, ProblemType.UNSUPPORTED_MEDIA_TYPE));
        }
        if (method.takesHeader("If-Match")) {
            problems.add(ProblemType.STALE);
        }
        if (method.isIdempotent()) {
            problems.add(ProblemType.IDEMPOTENCY_KEY_REUSED);
        }
        return problems;
    }

    static AccessRules.Rule rule(ResourceMethod method) {
        return AccessRules.rule(method.verb(), method.template())
                .orElseThrow(() -> new IllegalStateException("Nobody may " + method));
    }

    /** @param types of one status */
    private Tree problem(List<ProblemType> types) {
        String name = types.stream().map(AnswerTrees::name).collect(Collectors.joining("Or"));
        components.computeIfAbsent(name, absent -> {
            List<String> codes = types.stream().map(ProblemType::code).toList();
            // The title names the class that a generator makes of it.
            Tree schema = Tree.of("title", name + "Problem")
                    .with(
                            "allOf",
                            List.of(
                                    Tree.reference("schemas", "Problem"),
                                    Tree.of("properties", Tree.of("code", Tree.of("enum", codes)))));
            Tree shown = new Tree();
            types.forEach(type -> examples.ofProblem(type.code())
                    .ifPresent(example -> shown.with(type.code(), Tree.of("value", example))));
            return Tree.of(
                            "description",
                            types.stream()
                                    .map(type -> type.title() + ": `" + type.code() + "`.")
                                    .collect(Collectors.joining(" ")))
                    .withAny("headers", headers(problemHeaders(types.get(0).status())))
                    .with(
                            "content",
                            Tree.of(
                                    "application/problem+json",
                                    Tree.of("schema", schema).withAny("examples", shown)));
        });
        return Tree.reference("responses", name);
    }

    private static List<String> problemHeaders(int status) {
        return switch (status) {
            case 401 -> List.of("WWW-Authenticate");
            case 429, 503 -> List.of("Retry-After");
            default -> List.of();
        };
    }

    private static String name(ProblemType type) {
        return Arrays.stream(type.code().split("-"))
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining());
    }
}
