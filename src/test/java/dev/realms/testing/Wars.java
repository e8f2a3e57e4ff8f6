package dev.realms.testing;

import java.io.File;
import org.assertj.core.api.Assertions;
import org.jboss.shrinkwrap.api.ShrinkWrap;
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

    private static File libraryOf(Class<?> type) {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }
}
