package dev.realms.auth;

import dev.realms.apikey.ApiKeyFormat;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Whom tokens speak of, remembered for less than a second: to verify a signature takes longer than all the rest of signing in. For so
 * long a token is taken after it has expired, or its issuer's key has gone. What its user may do is not remembered. Thread-safe.
 */
final class VerifiedTokens {

    /** @see Issuers#identify */
    @FunctionalInterface
    interface Verification {
        Optional<Identity> identify(String token) throws InvalidToken;
    }

    private static final Duration REMEMBERED = Duration.ofMillis(900);
    private static final int MOST_REMEMBERED = 10_000;

    private final Verification verification;
    private final Remembered<Identity> remembered;

    /** @param clock in nanoseconds from anywhere */
    VerifiedTokens(Verification verification, LongSupplier clock) {
        this.verification = verification;
        this.remembered = new Remembered<>(REMEMBERED, MOST_REMEMBERED, clock);
    }

    /** Only what was proved is remembered. */
    Optional<Identity> identify(String token) throws InvalidToken {
        String hash = ApiKeyFormat.hash(token);
        Optional<Identity> known = remembered.find(hash);
        if (known.isPresent()) {
            return known;
        }
        long asked = remembered.now();
        Optional<Identity> identity = verification.identify(token);
        identity.ifPresent(proved -> remembered.add(hash, proved, asked));
        return identity;
    }
}
