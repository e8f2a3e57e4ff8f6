package dev.realms.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.TestDatabase;
import dev.realms.testing.Wars;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A database of somebody else is not served, and not touched. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ForeignDatabaseIT {

    private static final String REFUSED = "refused";

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = REFUSED, managed = false, testable = false)
    static WebArchive onAForeignDatabase() {
        return Wars.realms();
    }

    @Test
    void isRefused() {
        TestDatabase.resetToEmpty();
        TestDatabase.asOwner("CREATE TABLE orders (id int)");

        deployAndUndeploy();

        assertThat(TestDatabase.query(
                        "SELECT string_agg(relname, ' ') FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
                .isEqualTo("orders");
    }

    /** WildFly's adapter throws, Payara's does not notice that nothing is served. */
    private void deployAndUndeploy() {
        try {
            deployer.deploy(REFUSED);
        } catch (Exception refused) {
            return;
        }
        deployer.undeploy(REFUSED);
    }
}
