package dev.realms.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.DatabaseState;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.TestServer;
import dev.realms.testing.TestUser;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** {@code /console/api/}: the description of the API, to be read and tried out under the console's policy. */
@OnDatabase(DatabaseState.FINALIZED)
class ApiViewerIT {

    private final URI base = TestServer.base();

    @Test
    void triesOutOperationsAsWhoIsSignedIn() throws IOException {
        TestUser user = TestUser.signIn(base);
        try (Browser browser = Browser.at(base)) {
            browser.signIn(user.token());
            browser.click("#api-link");
            browser.await(".opblock-tag[data-tag='Databases']");
            browser.photograph("api");

            browser.visit("api/#/Me/getMe");
            browser.click("#operations-Me-getMe .try-out__btn");
            browser.click("#operations-Me-getMe .execute");
            browser.until("an answer", () -> browser.has("#operations-Me-getMe .live-responses-table"));

            browser.photograph("api-operation");
            assertThat(browser.text("#operations-Me-getMe .live-responses-table tbody .response-col_status"))
                    .contains("200");
            assertThat(browser.text("#operations-Me-getMe .live-responses-table"))
                    .contains(user.id());
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
