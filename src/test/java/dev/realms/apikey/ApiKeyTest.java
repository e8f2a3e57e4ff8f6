package dev.realms.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.testing.Realms;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ApiKeyTest {

    private static final Instant PAST = Instant.parse("2001-01-01T00:00:00Z");
    private static final Instant FUTURE = Instant.parse("2999-01-01T00:00:00Z");

    @Test
    void showsOfTheKeyOnlyThePrefix() {
        String plain = ApiKeyFormat.generate();

        ApiKey key = new ApiKey(Realms.any(), new CreateApiKey("ci", null, null), plain);

        assertThat(key.view().prefix()).isEqualTo(ApiKeyFormat.prefix(plain));
        assertThat(key.view().toString()).doesNotContain(plain);
        assertThat(NewApiKey.of(key.view(), plain).toString()).doesNotContain(plain);
    }

    @Test
    void rotatesWithAndWithoutGrace() {
        ApiKey key = key(null);

        key.rotate(ApiKeyFormat.generate(), Duration.ofHours(1));
        assertThat(key.view().previousKeyExpiresAt()).isAfter(Instant.now());

        key.rotate(ApiKeyFormat.generate(), Duration.ZERO);
        assertThat(key.view().previousKeyExpiresAt()).isNull();
    }

    /** It honours whatever stands in the column {@code key}, whoever's and whichever realm's it is. */
    @Test
    void keepsNothingThatOpensTheApplicationFromBeforeRealms() {
        String plain = ApiKeyFormat.generate();
        ApiKey key = new ApiKey(Realms.any(), new CreateApiKey("ci", null, null), plain);
        assertKeepsRandomly(key, plain);

        String next = ApiKeyFormat.generate();
        key.rotate(next, Duration.ofHours(1));
        assertKeepsRandomly(key, next);
        assertThat(key).extracting("previousKey").isEqualTo(ApiKeyFormat.hash(plain));

        key.update(new UpdateApiKey("ci", FUTURE));
        key.revoke();
        assertKeepsRandomly(key, next);
    }

    private static void assertKeepsRandomly(ApiKey key, String plain) {
        assertThat(key).extracting("key").asString().matches(ApiKeyFormat.hash(plain) + ":[0-9a-f]{32}");
    }

    @Test
    void staysRevoked() {
        ApiKey key = key(null);

        key.revoke();
        Instant revokedAt = key.view().revokedAt();
        key.revoke();

        assertThat(revokedAt).isNotNull();
        assertThat(key.view().revokedAt()).isEqualTo(revokedAt);
        assertThatExceptionOfType(DomainException.class)
                .isThrownBy(() -> key.rotate(ApiKeyFormat.generate(), Duration.ZERO))
                .withMessage("The key is revoked; make a new one instead.")
                .matches(refused -> refused.type() == ProblemType.WRONG_STATE);
    }

    @Test
    void doesNotRotateOnceItHasExpired() {
        assertThatThrownBy(() -> key(PAST).rotate(ApiKeyFormat.generate(), Duration.ZERO))
                .hasMessage("The key has expired; make a new one instead.");
    }

    @Test
    void getsNoExpiryThatHasPassedAlready() {
        ApiKey key = key(FUTURE);

        assertThatThrownBy(() -> key.update(new UpdateApiKey("ci", PAST)))
                .hasMessage("expiresAt must be a future date.");
        key.update(new UpdateApiKey("renamed", null));

        assertThat(key.view().name()).isEqualTo("renamed");
        assertThat(key.view().expiresAt()).isNull();
    }

    private static ApiKey key(Instant expiresAt) {
        return new ApiKey(Realms.any(), new CreateApiKey("ci", null, expiresAt), ApiKeyFormat.generate());
    }
}
