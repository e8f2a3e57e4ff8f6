package dev.realms.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.DatabaseState;
import dev.realms.testing.NpmFolder;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.TestServer;
import dev.realms.testing.TestUser;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What OpenAPI Generator makes of the description compiles, and calls the service. */
@Tag("any-server")
@OnDatabase(DatabaseState.FINALIZED)
class GeneratedClientsIT {

    private static final String ABSENT =
            "Node 20.19 or newer with npm, or what npm has to install, is not here: no client in TypeScript is compiled.";

    private static final Path CLIENTS = Path.of("target", "generated-clients");
    private static final NpmFolder NODE = NpmFolder.of("generated-clients");

    private final URI base = URI.create("http://127.0.0.1:" + TestServer.base().getPort());
    private final TestUser user = TestUser.signIn(base);

    @Test
    void inJava() throws Exception {
        Path client = generate(
                "java",
                "--library=microprofile",
                "--additional-properties=microprofileRestClientVersion=3.0,serializationLibrary=jsonb,openApiNullable=false");
        Path classes = compile(client, Path.of("src/test/generated-clients/ListDocuments.java"));
        makeDocuments();

        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            Object listed = Class.forName("ListDocuments", true, loader)
                    .getMethod("list", URI.class, String.class, UUID.class)
                    .invoke(null, base, user.token(), UUID.fromString(user.realmId()));

            assertThat(listed).isEqualTo("older PENDING,paper INGESTED");
        }
    }

    @Test
    void inTypeScript() throws Exception {
        Assumptions.assumeTrue(NODE.install(), ABSENT);
        generate("typescript-fetch");
        NpmFolder.Answer compiled = NODE.run(Map.of(), "npm", "run", "compile");
        assertThat(compiled.exit()).as(compiled.output()).isZero();
        makeDocuments();

        NpmFolder.Answer listed =
                NODE.run(Map.of(), "node", "compiled/list-documents.js", base.toString(), user.token(), user.realmId());

        assertThat(listed.output()).isEqualTo("older PENDING,paper INGESTED\nnot-found\n");
    }

    private void makeDocuments() {
        user.make("documents", "{\"name\": \"paper\", \"type\": \"pdf\", \"state\": \"INGESTED\"}");
        user.make("documents", "{\"name\": \"older\", \"type\": \"pdf\"}");
        user.make("documents", "{\"name\": \"zebra\", \"type\": \"pdf\"}");
    }

    /** @return the folder of the sources */
    private static Path generate(String generator, String... options) throws IOException, InterruptedException {
        Path target = CLIENTS.resolve(generator);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                System.getProperty("realms.it.openapi-generator"),
                "generate",
                "--generator-name=" + generator,
                "--input-spec=target/classes/META-INF/openapi.yaml",
                "--output=" + target,
                "--global-property=models,apis,supportingFiles"));
        command.addAll(List.of(options));
        Path log = Files.createDirectories(CLIENTS).resolve(generator + ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(log)).isZero();
        return target;
    }

    private static Path compile(Path client, Path program) throws IOException {
        Path classes = Files.createDirectories(CLIENTS.resolve("classes"));
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                program.toString()));
        try (Stream<Path> sources = Files.walk(client.resolve("src/main/java"))) {
            sources.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
        }
        int exit = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(exit).as("what javac says").isZero();
        return classes;
    }
}
