package dev.realms.mutants;

import dev.realms.testing.ProjectCopy;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** The isolation suite, run by Maven on a copy of the project. */
record Suite(Path project) {

    private static final Duration PATIENCE = Duration.ofMinutes(15);

    /** @param failed the tests that failed, empty when all passed */
    record Result(List<String> failed) {

        boolean passed() {
            return failed.isEmpty();
        }
    }

    /** A fresh copy of all that the build reads. */
    static Suite copy(Path from, Path to) throws IOException {
        return new Suite(ProjectCopy.make(from, to));
    }

    /** Puts one file back as it is in the project. */
    void restore(Path from, String file) throws IOException {
        Files.write(project.resolve(file), Files.readAllBytes(from.resolve(file)));
    }

    /**
     * @param tests and {@code inServerTests} in the patterns of Maven's plugins
     * @throws IOException when the build fails and no test has
     */
    Result run(String tests, String inServerTests, String profile) throws IOException, InterruptedException {
        Path reports = project.resolve("target");
        ProjectCopy.delete(reports.resolve("surefire-reports"));
        ProjectCopy.delete(reports.resolve("failsafe-reports"));
        List<String> command = new ArrayList<>(List.of("mvn", "-B", "-ntp", "verify"));
        command.addAll(List.of("-Dtest=" + tests, "-Dit.test=" + inServerTests));
        command.addAll(List.of("-Dspotless.check.skip=true", "-Djacoco.skip=true"));
        command.addAll(List.of("-Dsurefire.failIfNoSpecifiedTests=false", "-Dfailsafe.failIfNoSpecifiedTests=false"));
        // Whichever test fails first has caught it.
        command.add("-Dfailsafe.skipAfterFailureCount=1");
        if (!profile.isEmpty()) {
            command.add("-P" + profile);
        }
        Process maven = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(project.resolve("last-run.log").toFile())
                .start();
        if (!maven.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            maven.descendants().forEach(ProcessHandle::destroy);
            maven.destroy();
            return new Result(List.of("(the suite did not end)"));
        }
        List<String> failed = new ArrayList<>();
        for (String kind : List.of("surefire-reports", "failsafe-reports")) {
            failed.addAll(failed(reports.resolve(kind)));
        }
        if (maven.exitValue() != 0 && failed.isEmpty()) {
            throw new IOException("The build failed, and no test: see " + project.resolve("last-run.log"));
        }
        return new Result(failed.stream().distinct().sorted().toList());
    }

    private static List<String> failed(Path reports) throws IOException {
        List<String> failed = new ArrayList<>();
        File[] files = reports.toFile().listFiles((folder, name) -> name.matches("TEST-.*\\.xml"));
        for (File file : files == null ? new File[0] : files) {
            try {
                var cases = DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(file)
                        .getElementsByTagName("testcase");
                for (int i = 0; i < cases.getLength(); i++) {
                    Element test = (Element) cases.item(i);
                    boolean bad = test.getElementsByTagName("failure").getLength()
                                    + test.getElementsByTagName("error").getLength()
                            > 0;
                    if (bad) {
                        failed.add(name(test));
                    }
                }
            } catch (SAXException | ParserConfigurationException e) {
                throw new IOException(e);
            }
        }
        return failed;
    }

    /** A failure of a whole class, such as a deployment that is refused, bears no method's name. */
    private static String name(Element test) {
        String type = test.getAttribute("classname").replaceAll(".*\\.", "");
        String method = test.getAttribute("name").replaceAll("[^A-Za-z].*", "");
        return method.isEmpty() ? type + " (deployment)" : type + "." + method;
    }
}
