package dev.realms.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.testing.TestDatabase;
import dev.realms.testing.Wars;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.asset.FileAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** With the ORM's tenant filter compiled out of the application, row-level security alone hides the neighbour. */
@ExtendWith(ArquillianExtension.class)
class RowLevelSecurityIT {

    private static final String FILTERED = "dev/realms/isolation/RealmScoped.class";

    @Inject
    private Unit unit;

    @Inject
    private RealmContext realm;

    @Inject
    private RealmGate gate;

    @Deployment
    static WebArchive withoutTheTenantFilter() {
        TestDatabase.resetToEmpty();
        WebArchive war = Wars.realms(
                TwoRealms.class, Unit.class, Unit.Act.class, RepositoryCall.class, Neighbourhood.class, Fences.class);
        war.delete("/WEB-INF/classes/" + FILTERED);
        return war.addAsWebInfResource(new FileAsset(unfiltered().toFile()), "classes/" + FILTERED);
    }

    @Test
    void hidesTheNeighbourFromEveryCallAlone() {
        Neighbourhood all = Neighbourhood.make();
        realm.enter(all.realms().mine(), all.realms().me());

        Fences.withoutKeys(() -> {
            all.assertNoCallSeesTheNeighbour();
            all.empty();
        });
    }

    @Test
    void isTheOnlyFenceLeftHere() throws Exception {
        TwoRealms both = TwoRealms.make();
        realm.enter(both.mine(), both.me());
        unit.inTransaction(em -> {
            gate.open(both.mine(), both.me());
            assertThat(visible(em, both)).isEqualTo(1L);
        });
        Fences.withoutRowLevelSecurity(() -> {
            try {
                unit.inTransaction(em -> assertThat(visible(em, both)).isEqualTo(2L));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void isMissedAtOnceWhenItIsGoneToo() {
        Neighbourhood all = Neighbourhood.make();
        realm.enter(all.realms().mine(), all.realms().me());

        Fences.withoutRowLevelSecurity(
                () -> assertThatThrownBy(all::assertNoCallSeesTheNeighbour).isInstanceOf(AssertionError.class));
    }

    private static Object visible(jakarta.persistence.EntityManager em, TwoRealms both) {
        return em.createQuery("SELECT COUNT(d) FROM Document d WHERE d.realmId IN :realms")
                .setParameter("realms", List.of(both.mine(), both.theirs()))
                .getSingleResult();
    }

    /** The class as it stands in the sources, but with no tenant policy, so that it has to write the realm itself. */
    private static Path unfiltered() {
        try {
            Path target = Path.of(System.getProperty("realms.it.target"), "without-tenant-filter");
            Path source = target.resolve("RealmScoped.java");
            Files.createDirectories(target);
            Files.writeString(
                    source,
                    Files.readString(target.resolve("../../src/main/java/" + FILTERED.replace(".class", ".java")))
                            .replaceAll("(?s)@Multitenant\\(.*primaryKey = true\\)\n", "")
                            .replace(
                                    "@Column(name = \"realm_id\", insertable = false, updatable = false)",
                                    "@Column(name = \"realm_id\", updatable = false)"));
            int result = ToolProvider.getSystemJavaCompiler()
                    .run(
                            null,
                            null,
                            null,
                            "--release",
                            "17",
                            "-classpath",
                            System.getProperty("java.class.path"),
                            "-d",
                            target.toString(),
                            source.toString());
            assertThat(result).isZero();
            return target.resolve(FILTERED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
