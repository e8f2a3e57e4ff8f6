package dev.realms.openapi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Writes the description of the API beside the classes that it describes. */
public final class DescribeApi {

    private static final List<String> VERBS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

    private DescribeApi() {}

    /** @param args the project's folder, and that of its classes */
    public static void main(String... args) throws IOException {
        Path classes = Path.of(args[1]);
        Tree api = describe(Path.of(args[0]), classes);
        Path target = Files.createDirectories(classes.resolve("META-INF"));
        Files.writeString(target.resolve("openapi.json"), TreeJson.write(api));
        Files.writeString(target.resolve("openapi.yaml"), TreeYaml.write(api));
    }

    /** @throws IllegalStateException where something is missing that only its author knows */
    static Tree describe(Path project, Path classes) throws IOException {
        Path own = project.resolve("src/main/openapi");
        Tree api = TreeJson.read(Files.readString(own.resolve("api.json")));
        SourceDocs docs = SourceDocs.read(project.resolve("src/main/java"));
        List<ResourceMethod> methods = methods(classes);
        SchemaTrees schemas = new SchemaTrees(docs);
        Examples examples = new Examples(own.resolve("examples"));
        AnswerTrees answers = new AnswerTrees(schemas, examples, methods);
        OperationTrees operations = new OperationTrees(docs, schemas, examples, answers, methods);
        Tree paths = api.child("paths");
        Map<String, String> tags = new TreeMap<>();
        for (ResourceMethod method : methods) {
            if (!method.isStream()) {
                add(paths.child(method.path()), method, operations.of(method));
                tags.putIfAbsent(OperationTrees.tag(method), about(docs.of(method.resource())));
            }
        }
        @SuppressWarnings("unchecked")
        List<Object> tagged = (List<Object>) api.get("tags");
        tags.forEach((name, about) -> tagged.add(Tree.of("name", name).with("description", about)));
        schemas.problem();
        Tree components = api.child("components");
        components.child("schemas").with(schemas.components());
        components.child("responses").with(answers.components());
        components.child("examples").with(examples.components());
        return api;
    }

    private static void add(Tree path, ResourceMethod method, Tree operation) {
        if (path.putIfAbsent(method.verb().toLowerCase(Locale.ROOT), operation) != null) {
            throw new IllegalStateException("Two methods answer " + method);
        }
    }

    /** The first sentence, without the path that it begins with. */
    private static String about(String sentences) {
        String said = SourceDocs.first(sentences).replaceFirst("^`/[^`]*`: ", "");
        return Character.toUpperCase(said.charAt(0)) + said.substring(1);
    }

    /** In the order of their paths. */
    private static List<ResourceMethod> methods(Path classes) throws IOException {
        List<ResourceMethod> methods = new ArrayList<>();
        try (Stream<Path> files = Files.walk(classes.resolve("dev"))) {
            files.map(file -> classes.relativize(file).toString())
                    .filter(name -> name.matches(".*(Resource|Servlet)\\.class"))
                    .map(name -> name.replaceFirst("\\.class$", "").replace('/', '.'))
                    .flatMap(name -> ResourceMethod.of(load(name)))
                    .forEach(methods::add);
        }
        methods.sort(Comparator.comparing(ResourceMethod::path).thenComparing(method -> VERBS.indexOf(method.verb())));
        return methods;
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, DescribeApi.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
