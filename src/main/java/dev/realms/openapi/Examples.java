package dev.realms.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Bodies that were really sent and answered: a file for each schema, and one with a problem for each code. */
final class Examples {

    private final Path folder;
    private final Tree problems;
    private final Map<String, Tree> components = new TreeMap<>();

    /** @param folder with {@code RealmView.json} and so on, and {@code problems.json} */
    Examples(Path folder) {
        this.folder = folder;
        problems = read("problems").orElseGet(Tree::new);
    }

    /** Those that were asked for, by name. */
    Map<String, Tree> components() {
        return components;
    }

    /** @param schema a reference to one */
    Optional<Tree> of(Tree schema) {
        return read(name(schema));
    }

    Optional<Object> ofProblem(String code) {
        return Optional.ofNullable(problems.get(code));
    }

    /** The media type with the example of this schema, where there is one. */
    Tree in(Tree media, Tree schema) {
        return of(schema)
                .map(example -> {
                    components.put(name(schema), Tree.of("value", example));
                    return media.with("examples", Tree.of(name(schema), Tree.reference("examples", name(schema))));
                })
                .orElse(media);
    }

    private Optional<Tree> read(String name) {
        Path file = folder.resolve(name + ".json");
        try {
            return Files.exists(file) ? Optional.of(TreeJson.read(Files.readString(file))) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Tree schema) {
        String reference = schema.get("$ref").toString();
        return reference.substring(reference.lastIndexOf('/') + 1);
    }
}
