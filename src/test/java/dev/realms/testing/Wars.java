package dev.realms.testing;

import dev.realms.client.RealmsClient;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.jboss.arquillian.container.spi.client.deployment.DeploymentDescription;
import org.jboss.arquillian.container.test.spi.TestDeployment;
import org.jboss.arquillian.container.test.spi.client.deployment.AuxiliaryArchiveAppender;
import org.jboss.arquillian.container.test.spi.client.protocol.Protocol;
import org.jboss.arquillian.core.impl.loadable.LoadableExtensionLoader;
import org.jboss.arquillian.core.spi.Manager;
import org.jboss.arquillian.core.spi.ManagerBuilder;
import org.jboss.arquillian.core.spi.ServiceLoader;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.Asset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The archives in which tests run: the real WAR of this build, with what runs inside the server beside it. */
public final class Wars {

    private static final String SHARED = "in-server.war";

    private Wars() {}

    /** What a class deploys whose tests run in the server that all share: nothing, since it runs already. */
    public static WebArchive shared() {
        return ShrinkWrap.create(WebArchive.class, SHARED);
    }

    static boolean isShared(Archive<?> archive) {
        return archive.getName().equals(SHARED);
    }

    /** With all that is marked {@link InServer}. */
    public static WebArchive inServer(String name) {
        List<Class<?>> classes = ProjectClasses.tests(InServer.class).toList();
        return named(name)
                .addClasses(classes.toArray(Class<?>[]::new))
                .addPackage(RealmsClient.class.getPackage())
                .addAsLibraries(libraryOf(Assertions.class))
                .addAsResource("batch/somewhere-else.xml", "META-INF/batch-jobs/somewhere-else.xml")
                .addAsResource("pre-realm/schema.sql")
                .addAsResource("pre-realm/load.sql");
    }

    /** As Arquillian makes it of {@link #inServer} when it deploys: tests run in it. */
    static Path fileWithTests() {
        Manager arquillian =
                ManagerBuilder.from().extension(LoadableExtensionLoader.class).create();
        arquillian.start();
        ServiceLoader services = arquillian.resolve(ServiceLoader.class);
        List<Archive<?>> libraries = services.all(AuxiliaryArchiveAppender.class).stream()
                .<Archive<?>>map(AuxiliaryArchiveAppender::createAuxiliaryArchive)
                .toList();
        WebArchive war = inServer(SHARED);
        TestDeployment deployment = new TestDeployment(new DeploymentDescription(SHARED, war), war, libraries);
        for (Protocol<?> protocol : services.all(Protocol.class)) {
            if (protocol.getDescription().equals(NodeContainer.PROTOCOL)) {
                return file(protocol.getPackager().generateDeployment(deployment, List.of()));
            }
        }
        throw new IllegalStateException("Arquillian does not know " + NodeContainer.PROTOCOL);
    }

    /** The real WAR under another name, and nothing else. */
    public static WebArchive named(String name) {
        return ShrinkWrap.create(ZipImporter.class, name)
                .importFrom(new File(System.getProperty("realms.it.war")))
                .as(WebArchive.class);
    }

    /** The archive as a file below {@code target}. */
    public static Path file(Archive<?> archive) {
        Path war = Path.of(System.getProperty("realms.it.target"), "in-server", archive.getName());
        war.getParent().toFile().mkdirs();
        archive.as(ZipExporter.class).exportTo(war.toFile(), true);
        return war;
    }

    /** The same archive with other settings than those of an operator who sets none, where the environment does not set them either. */
    public static WebArchive with(WebArchive war, Map<String, String> settings) {
        String file = "WEB-INF/classes/META-INF/microprofile-config.properties";
        StringBuilder lines = new StringBuilder(text(war.get(file).getAsset()));
        settings.forEach(
                (name, value) -> lines.append(name).append('=').append(value).append('\n'));
        return war.add(new StringAsset(lines.toString()), file);
    }

    private static String text(Asset asset) {
        try (InputStream in = asset.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static File libraryOf(Class<?> type) {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }
}
