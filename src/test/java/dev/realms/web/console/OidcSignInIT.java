package dev.realms.web.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.realms.testing.Nginx;
import dev.realms.testing.Node;
import dev.realms.testing.TestDatabase;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Through a real provider to the console and back, below a path. The provider comes up after the service. */
@Tag("any-server")
class OidcSignInIT {

    @BeforeAll
    static void prepare() throws Exception {
        assumeTrue(Nginx.isInstalled(), "nginx is not installed");
        assumeTrue(
                OidcProvider.isInstalled(),
                "Node 20.19 or newer with npm, or what npm has to install, is not here: nobody signs in through a provider.");
        TestDatabase.resetToFinalized();
    }

    @Test
    void whoeverTheProviderKnowsIsSignedIn() throws Exception {
        String email = UUID.randomUUID() + "@example.com";
        try (OidcProvider provider = new OidcProvider();
                Node node = Node.start("oidc", provider.settings()).awaitStart();
                Nginx nginx = Nginx.start(node.base(), "127.0.0.1");
                Browser browser = Browser.below(nginx.base().toString())) {
            provider.start(URI.create(nginx.base() + "/console/"));

            browser.open("#/settings");
            browser.click("#oidc");
            browser.type("input[name='login']", email);
            browser.type("input[name='password']", "fake");
            browser.click("button[type='submit']");
            browser.until("consent", () -> browser.has("form") && !browser.has("input[name='login']"));
            browser.click("button[type='submit']");
            browser.await("#who");

            assertThat(browser.text("#who")).contains(email.substring(0, 8));
            assertThat(browser.address()).isEqualTo(nginx.base() + "/console/#/settings");
            assertThat(browser.complaints()).isEmpty();
            assertThat(TestDatabase.query(
                            "SELECT issuer || ' ' || subject FROM realms_doors.persons p JOIN users u ON u.id = p.bound_to"
                                    + " WHERE u.email = '" + email + "'"))
                    .isEqualTo(provider.issuer() + " " + email);
        }
    }
}
