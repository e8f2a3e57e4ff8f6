package dev.realms.testing;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.Asset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The archives the in-server tests deploy: the real WAR of this build, with what runs inside the server beside it. */
public final class Wars {

    private Wars() {}

    /**
     * The real WAR with AssertJ and these test classes.
     *
     * @param classes what the in-server part of a test needs beyond the test class itself, which Arquillian adds
     */
    public static WebArchive realms(Class<?>... classes) {
        return ShrinkWrap.create(ZipImporter.class, "realms.war")
                .importFrom(new File(System.getProperty("realms.it.war")))
                .as(WebArchive.class)
                .addAsLibraries(libraryOf(Assertions.class))
                .addClasses(classes);
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
