package dev.realms.realm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.Api;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.TestUser;
import dev.realms.testing.Wars;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One active realm per name and owner, whoever asks at the same time. */
@ExtendWith(ArquillianExtension.class)
class RealmNamesIT {

    @ArquillianResource
    private URI base;

    private TestUser user;

    @Deployment(testable = false)
    static WebArchive onAnEmptyDatabase() {
        TestDatabase.resetToEmpty();
        return Wars.realms();
    }

    @BeforeEach
    void signIn() {
        user = TestUser.signIn(base);
    }

    @Test
    void oneOfTwoCreatorsGetsTheName() {
        for (int round = 0; round < 5; round++) {
            String name = "Round " + round;

            List<Integer> statuses = IntStream.range(0, 2)
                    .parallel()
                    .mapToObj(i -> create(i == 0 ? name : name.toUpperCase(java.util.Locale.ROOT)))
                    .map(Api.Answer::status)
                    .sorted()
                    .toList();

            assertThat(statuses).containsExactly(201, 409);
        }
    }

    @Test
    void namesDifferByMoreThanCaseAndUnicodeForm() {
        create("Übersicht");

        for (String same : List.of("übersicht", "ÜBERSICHT", "U\u0308bersicht", "  Übersicht  ")) {
            assertThat(create(same).json().getString("code")).as(same).isEqualTo("realm-name-taken");
        }
    }

    @Test
    void anInactiveRealmBlocksNothingAndComesBackOnlyUnderAFreeName() {
        String id = create("Papers").json().getString("id");
        user.api().delete("/api/realms/" + id);

        assertThat(create("Papers").status()).isEqualTo(201);
        var restored = user.api().post("/api/realms/" + id + "/restore");

        assertThat(restored.status()).isEqualTo(409);
        assertThat(restored.json().getString("code")).isEqualTo("realm-name-taken");
    }

    private Api.Answer create(String name) {
        return user.api().post("/api/realms", "{\"name\": \"%s\"}".formatted(name));
    }
}
