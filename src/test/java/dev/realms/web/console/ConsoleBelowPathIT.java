package dev.realms.web.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.realms.testing.DatabaseState;
import dev.realms.testing.Nginx;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.TestServer;
import dev.realms.testing.Tokens;
import java.io.IOException;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The console behind the real nginx, below a path and over TLS. The server does not have to know: it trusts no proxy. */
@Tag("any-server")
@OnDatabase(DatabaseState.FINALIZED)
class ConsoleBelowPathIT {

    private final URI base = TestServer.base();

    @Test
    void signsInAndShowsEveryPartOfIt() throws IOException {
        assumeTrue(Nginx.isInstalled(), "nginx is not installed");
        try (Nginx nginx = Nginx.start(base, "127.0.0.1");
                Browser browser = Browser.below(nginx.base().toString())) {
            browser.open("");
            browser.type("#token", Tokens.of(UUID.randomUUID() + "@example.com", "ADMIN"));
            browser.press(Keys.ENTER);
            browser.await("#who");
            assertThat(browser.address()).startsWith(nginx.base() + "/console/#/");

            browser.go("#/migration");
            browser.await("[data-link='live']");
            for (String route : new String[] {"#/realms", "#/users", "#/batch", "#/settings"}) {
                browser.go(route);
            }
            browser.click("#api-link");
            browser.await(".opblock-tag[data-tag='Databases']");
            browser.visit("api/#/Me/getMe");
            browser.click("#operations-Me-getMe .try-out__btn");
            browser.click("#operations-Me-getMe .execute");
            browser.until("an answer", () -> browser.has("#operations-Me-getMe .live-responses-table"));

            assertThat(browser.text("#operations-Me-getMe .live-responses-table tbody .response-col_status"))
                    .contains("200");
            assertThat(browser.text("#operations-Me-getMe .request-url")).contains(nginx.base() + "/api/me");
            assertThat(browser.faults()).isEmpty();
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
