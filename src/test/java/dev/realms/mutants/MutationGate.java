package dev.realms.mutants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code mvn -Pmutants}: plants defects in a copy of the project, one at a time, and shows which tests of the isolation suite
 * catch each. Exits with 1 when one gets past the suite, or when the suite fails with no defect planted.
 *
 * <p>{@code -Dmutants=<text>} takes only those whose name holds the text; {@code -Dmutants.control=false} leaves out the run with no
 * defect; {@code -Dmutants.write=true} puts the table into {@code docs/isolation.md}.
 */
public final class MutationGate {

    private static final String TESTS =
            "dev/realms/realm/isolation/**/*Test,ContractedSchemaTest,ArchitectureTest,SecretBoxTest,AccessRulesTest";
    private static final String IN_SERVER_TESTS = "dev/realms/realm/isolation/**/*IT,!PoolIT";
    static final String BEGIN = "<!-- mutants: written by mvn -Pmutants -Dmutants.write=true -->\n";
    static final String END = "<!-- end of mutants -->";

    private MutationGate() {}

    public static void main(String[] arguments) throws Exception {
        Path project = Path.of(arguments[0]);
        Suite suite = Suite.copy(project, project.resolve("target/mutants"));
        List<Mutant> mutants = Mutants.ALL.stream()
                .filter(mutant -> mutant.name().contains(System.getProperty("mutants", "")))
                .toList();
        // Off where the suite has just passed: it takes minutes.
        if (!System.getProperty("mutants.control", "true").equals("false")) {
            control(suite);
        }
        System.exit(run(project, suite, mutants) ? 0 : 1);
    }

    private static void control(Suite suite) throws Exception {
        System.out.printf("The suite with no defect … ");
        long began = System.nanoTime();
        Suite.Result healthy = suite.run(TESTS, IN_SERVER_TESTS, "");
        System.out.printf("%s, %d s%n", healthy.passed() ? "passes" : "FAILS", seconds(began));
        if (!healthy.passed()) {
            System.out.println(String.join("\n", healthy.failed()));
            System.exit(1);
        }
    }

    private static boolean run(Path project, Suite suite, List<Mutant> mutants) throws Exception {
        List<String> table = new ArrayList<>(List.of("| planted defect | layer | caught by |", "|---|---|---|"));
        int caught = 0;
        for (Mutant mutant : mutants) {
            System.out.printf("%2d/%d %-58s ", table.size() - 1, mutants.size(), mutant.name());
            long began = System.nanoTime();
            mutant.plant(suite.project());
            Suite.Result result = suite.run(TESTS, IN_SERVER_TESTS, mutant.profile());
            suite.restore(project, mutant.file());
            boolean isCaught = !result.passed();
            caught += isCaught ? 1 : 0;
            System.out.printf(
                    "%s, %d s%n", isCaught ? "caught by " + shown(result.failed()) : "NOT CAUGHT", seconds(began));
            table.add("| %s | %s | %s |".formatted(mutant.name(), mutant.layer(), shown(result.failed())));
        }
        System.out.printf("%n%s%n%n%d of %d caught.%n", String.join("\n", table), caught, mutants.size());
        if (Boolean.getBoolean("mutants.write")) {
            write(project.resolve("docs/isolation.md"), String.join("\n", table) + "\n");
        }
        return caught == mutants.size();
    }

    private static String shown(List<String> failed) {
        if (failed.isEmpty()) {
            return "**nothing**";
        }
        String first = String.join(
                ", ", failed.stream().limit(3).map(name -> "`" + name + "`").toList());
        return failed.size() > 3 ? first + " and %d more".formatted(failed.size() - 3) : first;
    }

    private static void write(Path document, String table) throws IOException {
        String text = Files.readString(document);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        Files.writeString(document, text.substring(0, begin) + table + text.substring(end));
    }

    private static long seconds(long began) {
        return (System.nanoTime() - began) / 1_000_000_000;
    }
}
