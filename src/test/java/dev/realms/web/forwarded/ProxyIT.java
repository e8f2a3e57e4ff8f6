package dev.realms.web.forwarded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.realms.testing.Api;
import dev.realms.testing.Nginx;
import dev.realms.testing.Node;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.TestUser;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service behind the real nginx, set up as {@code server-config/nginx/realms.conf} says. */
class ProxyIT {

    private static final String TRUSTED = "127.0.0.76";

    private static Node node;
    private static Nginx nginx;

    private TestUser user;
    private Api outside;

    @BeforeAll
    static void startBehindAProxy() {
        assumeTrue(Nginx.isInstalled(), "nginx is not installed");
        TestDatabase.resetToFinalized();
        node = Node.start("proxied", Map.of("REALMS_HTTP_TRUSTED_PROXIES", TRUSTED))
                .awaitStart();
        nginx = Nginx.start(node.base(), TRUSTED);
    }

    @AfterAll
    static void stop() {
        if (nginx != null) {
            nginx.close();
        }
        if (node != null) {
            node.close();
        }
    }

    @BeforeEach
    void signIn() {
        user = TestUser.signIn(node.base());
        outside = nginx.api().as(user.token());
    }

    @Test
    void whatIsMadeIsFoundWhereLocationSays() {
        Api.Answer made = outside.post(user.path("/documents"), "{\"name\": \"a\", \"type\": \"t\"}");

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Location"))
                .hasValue(Nginx.PREFIX + user.path("/documents/" + made.json().getString("id")));
        assertThat(outside.follow(made.header("Location").orElseThrow()).body()).isEqualTo(made.body());
    }
}
