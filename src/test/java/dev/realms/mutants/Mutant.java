package dev.realms.mutants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One planted defect: a text of one source file replaced by another.
 *
 * @param name what is wrong with it, in a few words
 * @param layer the fence that it breaks
 * @param file relative to the project
 * @param original as it stands there, exactly once; empty: the mutation is added at the end
 * @param profile of Maven, for a defect that only one application server brings out; empty for the usual server
 */
record Mutant(String name, String layer, String file, String original, String mutated, String profile) {

    static Mutant of(String name, String layer, String file, String original, String mutated) {
        return new Mutant(name, layer, file, original, mutated, "");
    }

    /** What the database is made to say at the end of a script. */
    static Mutant sql(String name, String layer, String script, String statements) {
        return of(name, layer, "src/main/resources/db/" + script, "", "\n" + statements + "\n");
    }

    Mutant on(String server) {
        return new Mutant(name, layer, file, original, mutated, server);
    }

    /** @throws IllegalStateException when the source no longer holds what is to be broken */
    void plant(Path project) throws IOException {
        Files.writeString(project.resolve(file), planted(project));
    }

    /** The source with the defect in it. @throws IllegalStateException as {@link #plant} */
    String planted(Path project) throws IOException {
        String text = Files.readString(project.resolve(file));
        if (original.isEmpty()) {
            return text + mutated;
        }
        int at = text.indexOf(original);
        if (at < 0 || text.indexOf(original, at + 1) >= 0) {
            throw new IllegalStateException(
                    "'%s': %s must hold this text exactly once: %s".formatted(name, file, original));
        }
        return text.replace(original, mutated);
    }
}
