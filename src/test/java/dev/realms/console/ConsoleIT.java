package dev.realms.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.Api;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.Wars;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The console's files, as a browser gets them. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ConsoleIT {

    private static final Path FILES = Path.of("src/main/webapp");

    @ArquillianResource
    private URI base;

    @Deployment(testable = false)
    static WebArchive onALegacyDatabase() {
        TestDatabase.resetToLegacy(500);
        return Wars.realms();
    }

    @Test
    void keepsToTheStrictestPolicy() throws IOException {
        List<String> paths = Stream.concat(files().stream(), Stream.of("/console/", "/console/no-such-file"))
                .toList();
        assertThat(paths).hasSizeGreaterThan(4);
        for (String path : paths) {
            Api.Answer answer = Api.at(base).get(path);
            assertThat(answer.status()).as(path).isEqualTo(path.endsWith("no-such-file") ? 404 : 200);
            assertThat(answer.header("Content-Security-Policy"))
                    .as(path)
                    .hasValue(
                            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:;"
                                    + " font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
            assertThat(answer.header("X-Content-Type-Options")).as(path).hasValue("nosniff");
            assertThat(answer.header("Referrer-Policy")).as(path).hasValue("no-referrer");
            assertThat(answer.header("Cross-Origin-Opener-Policy")).as(path).hasValue("same-origin");
            assertThat(answer.header("Cross-Origin-Resource-Policy")).as(path).hasValue("same-origin");
            assertThat(answer.header("Permissions-Policy").orElseThrow())
                    .as(path)
                    .contains("camera=()");
        }
    }

    /** A new version is picked up at once, and the same one is not sent again. */
    @Test
    void isKeptAndAskedAbout() throws IOException {
        for (String file : files()) {
            Api.Answer first = Api.at(base).get(file);
            assertThat(first.header("Cache-Control")).as(file).hasValue("no-cache");
            String tag = first.header("ETag").orElseThrow(() -> new AssertionError(file + " " + first));

            Api.Answer again = Api.at(base).with("If-None-Match", tag).get(file);

            assertThat(again.status()).as(file).isEqualTo(304);
            assertThat(again.header("ETag")).as(file).hasValue(tag);
            assertThat(Api.at(base)
                            .with("If-None-Match", "\"x\", W/" + tag)
                            .get(file)
                            .status())
                    .as(file)
                    .isEqualTo(304);
            assertThat(first.header("Last-Modified")).as(file).isEmpty();
            assertThat(Api.at(base).with("If-None-Match", "\"other\"").get(file).body())
                    .as(file)
                    .isEqualTo(first.body());
        }
    }

    private static List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(FILES.resolve("console"))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> "/" + FILES.relativize(file).toString().replace('\\', '/'))
                    .toList();
        }
    }
}
