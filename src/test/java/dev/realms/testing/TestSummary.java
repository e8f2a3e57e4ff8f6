package dev.realms.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * Prints, at the end of a build, how many tests ran, which classes took longest and what of the code they ran, by package. It reads the
 * reports of Surefire, Failsafe and JaCoCo. Nothing fails here for its time, because machines differ.
 */
public final class TestSummary {

    private static final int SHOWN = 10;

    /** The part of a suite's time that one class may take before somebody should look at it. */
    private static final double SHARE = 0.15;

    /** How many lines of a package should have been run, in percent. */
    private static final int LINES = 80;

    private record TestClass(String name, int tests, double seconds) {}

    private record Lines(int missed, int covered) {

        Lines plus(Lines other) {
            return new Lines(missed + other.missed, covered + other.covered);
        }

        int percent() {
            return missed + covered == 0 ? 100 : 100 * covered / (missed + covered);
        }
    }

    private TestSummary() {}

    /** @param arguments the build folder */
    public static void main(String[] arguments) throws IOException {
        Path target = Path.of(arguments[0]);
        for (String suite : List.of("surefire", "failsafe")) {
            printTimes(suite, classes(target.resolve(suite + "-reports")));
        }
        Path coverage = target.resolve("coverage/report/jacoco.csv");
        if (Files.exists(coverage)) {
            printCoverage(coverage);
        }
    }

    private static void printTimes(String suite, List<TestClass> classes) {
        if (classes.isEmpty()) {
            return;
        }
        double all = classes.stream().mapToDouble(TestClass::seconds).sum();
        say(
                "%n%s: %d tests in %d classes, %.0f s of work. The longest:",
                suite.equals("surefire") ? "Unit tests" : "In-server tests",
                classes.stream().mapToInt(TestClass::tests).sum(),
                classes.size(),
                all);
        classes.stream().limit(SHOWN).forEach(test -> say("%7.1f s  %s", test.seconds(), test.name()));
        classes.stream()
                .filter(test -> test.seconds() > SHARE * all)
                .forEach(test -> say(
                        "WARNING  %s takes %.0f %% of the time of its suite, more than its share of %.0f %%.",
                        test.name(), 100 * test.seconds() / all, 100 * SHARE));
    }

    /** The longest first. */
    private static List<TestClass> classes(Path reports) throws IOException {
        if (Files.notExists(reports)) {
            return List.of();
        }
        List<TestClass> classes = new ArrayList<>();
        try (Stream<Path> files = Files.list(reports)) {
            for (Path file : files.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                    .toList()) {
                classes.add(read(file));
            }
        }
        classes.sort(Comparator.comparingDouble(TestClass::seconds).reversed());
        return classes;
    }

    private static TestClass read(Path report) throws IOException {
        try {
            DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
            Element suite = parser.parse(report.toFile()).getDocumentElement();
            return new TestClass(
                    suite.getAttribute("name").replace("dev.realms.", ""),
                    Integer.parseInt(suite.getAttribute("tests")),
                    Double.parseDouble(suite.getAttribute("time").replace(",", "")));
        } catch (SAXException | ParserConfigurationException e) {
            throw new IOException(report + " can't be read", e);
        }
    }

    private static void printCoverage(Path csv) throws IOException {
        Map<String, Lines> packages = new TreeMap<>();
        try (Stream<String> rows = Files.lines(csv)) {
            // GROUP,PACKAGE,CLASS,INSTRUCTION_MISSED,INSTRUCTION_COVERED,BRANCH_…,BRANCH_…,LINE_MISSED,LINE_COVERED,…
            rows.skip(1)
                    .map(row -> row.split(","))
                    .forEach(row -> packages.merge(
                            row[1].replaceFirst("dev\\.realms\\.?", ""),
                            new Lines(Integer.parseInt(row[7]), Integer.parseInt(row[8])),
                            Lines::plus));
        }
        Lines all = packages.values().stream().reduce(new Lines(0, 0), Lines::plus);
        say("%nOf all lines %d %% were run, servers that were killed aside; by package:", all.percent());
        say(
                "%s",
                packages.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue().percent())
                        .collect(Collectors.joining(" · ")));
        packages.forEach((name, lines) -> {
            if (lines.percent() < LINES) {
                say("WARNING  %s: %d %% of its lines, fewer than %d %%.", name, lines.percent(), LINES);
            }
        });
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
