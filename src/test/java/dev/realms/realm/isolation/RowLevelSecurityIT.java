package dev.realms.realm.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.testing.InServer;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.Wars;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import javax.tools.ToolProvider;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.asset.FileAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * With the ORM's tenant filter compiled out of the application, and the realm out of what is counted beside it, row-level security alone
 * hides the neighbour.
 */
@InServer
@ExtendWith(ArquillianExtension.class)
class RowLevelSecurityIT {

    /** In the order in which they are compiled. Each name is the source of one class, as it stands, without what names the realm. */
    private static final Map<String, UnaryOperator<String>> UNFILTERED = new TreeMap<>(Map.of(
            "dev/realms/realm/isolation/RealmScoped",
            source -> source.replaceAll("(?s)@Multitenant\\(.*primaryKey = true\\)\n", "")
                    // It has to write the realm itself.
                    .replace(
                            "@Column(name = \"realm_id\", insertable = false, updatable = false)",
                            "@Column(name = \"realm_id\", updatable = false)"),
            "dev/realms/realm/RealmStatsService",
            source -> source.replace(" WHERE realm_id = ? AND user_id = ?)', :realm, :owner)", ")')")
                    .replace(" WHERE d.userId = :user", "")
                    .replaceAll("\\n *\\.setParameter\\(.*\\)", "")));

    @Inject
    private Unit unit;

    @Inject
    private RealmContext realm;

    @Inject
    private TrialGate gate;

    @Deployment
    static WebArchive withoutTheTenantFilter() {
        TestDatabase.resetToFinalized();
        WebArchive war = Wars.inServer("without-the-tenant-filter.war");
        Path classes = unfiltered();
        UNFILTERED.keySet().stream().map(name -> name + ".class").forEach(name -> {
            war.delete("/WEB-INF/classes/" + name);
            war.addAsWebInfResource(new FileAsset(classes.resolve(name).toFile()), "classes/" + name);
        });
        return war;
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

    private static Path unfiltered() {
        try {
            Path sources = Path.of("src/main/java");
            Path target = Path.of(System.getProperty("realms.it.target"), "without-tenant-filter");
            List<String> compiler = new ArrayList<>(List.of(
                    "--release", "17", "-classpath", System.getProperty("java.class.path"), "-d", target.toString()));
            for (Map.Entry<String, UnaryOperator<String>> edit : UNFILTERED.entrySet()) {
                String name = edit.getKey() + ".java";
                String source = Files.readString(sources.resolve(name));
                String unfiltered = edit.getValue().apply(source);
                assertThat(unfiltered).as(name).isNotEqualTo(source);
                Path file = target.resolve(name);
                Files.createDirectories(file.getParent());
                compiler.add(Files.writeString(file, unfiltered).toString());
            }
            assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, compiler.toArray(String[]::new)))
                    .isZero();
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
