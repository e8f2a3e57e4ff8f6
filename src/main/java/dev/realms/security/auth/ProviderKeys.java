package dev.realms.security.auth;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.realms.apikey.ApiKeyFormat;
import dev.realms.web.body.Bulkhead;
import dev.realms.web.limit.RateLimiter;
import dev.realms.web.problem.DomainException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The keys at a place, as they were read last. They are read when first needed, again after five minutes, and at once when a token names
 * a key that is not among them, or has a signature that none without a name made. What was read last is good for an hour in which the place can't be read.
 *
 * <p>A key is missing only when a reading that began after it was asked for did not find it; else nobody knows, and the caller is
 * told to come again. One request reads at a time, a few wait for it. All readings of a minute are counted together: each of them brings
 * everybody's keys, so that whoever makes keys up delays a new one by half a second at most. Thread-safe.
 */
final class ProviderKeys implements JWKSource<SecurityContext> {

    /** Where keys are. */
    @FunctionalInterface
    interface Place {

        /** @throws IOException when they can't be had, or are none */
        JWKSet read() throws IOException;
    }

    private record Reading(JWKSet keys, long began) {}

    /**
     * Of whoever has not found the key that made a signature: a key without a name fits every token, and may have been replaced since it was read.
     */
    static final SecurityContext AFTER_A_WRONG_SIGNATURE = new SecurityContext() {};

    static final int READINGS_PER_MINUTE = 120;

    private static final Logger LOG = Logger.getLogger(ProviderKeys.class.getName());
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration GOOD = Duration.ofHours(1);
    private static final Duration PAUSE_OF_REFRESHING = Duration.ofSeconds(30);
    private static final int MOST_WAITING = 8;
    private static final int MOST_MISSING = 10_000;

    private final Place place;
    private final LongSupplier clock;
    private final Bulkhead turn = new Bulkhead(1, MOST_WAITING);
    private final RateLimiter<ProviderKeys> allowance;
    private final AtomicLong refreshed;

    /** Of keys that were not among those read last, so that a token which is sent over and over is not looked for each time. */
    private final ExpiringCache<List<JWK>> lookedFor;

    private volatile Reading last;
    private volatile boolean away;

    /** @param clock in nanoseconds from anywhere */
    ProviderKeys(Place place, LongSupplier clock) {
        this.place = place;
        this.clock = clock;
        this.allowance = new RateLimiter<>(READINGS_PER_MINUTE, 1, clock);
        this.refreshed = new AtomicLong(clock.getAsLong());
        this.lookedFor = new ExpiringCache<>(clock, MOST_MISSING, ExpiringCache.TIME);
    }

    @Override
    public List<JWK> get(JWKSelector selector, SecurityContext context) throws KeySourceException {
        long now = clock.getAsLong();
        List<JWK> known = known(selector, now);
        boolean again = context == AFTER_A_WRONG_SIGNATURE;
        if (known.isEmpty() || again && holdsUnnamed(known)) {
            return lookedFor
                    .find(
                            ApiKeyFormat.hash(again + " " + selector.getMatcher()),
                            () -> Optional.of(selector.select(readAfter(now))))
                    .orElseThrow();
        }
        return isRefresher(now) ? refreshed(selector, now) : known;
    }

    private static boolean holdsUnnamed(List<JWK> keys) {
        return keys.stream().anyMatch(key -> key.getKeyID() == null);
    }

    private List<JWK> known(JWKSelector selector, long now) {
        Reading read = last;
        return read == null || isOlder(read, GOOD, now) ? List.of() : selector.select(read.keys());
    }

    /** One refreshes; the others go on with what there is. */
    private boolean isRefresher(long now) {
        long before = refreshed.get();
        return isOlder(last, FRESH, now)
                && now - before > PAUSE_OF_REFRESHING.toNanos()
                && refreshed.compareAndSet(before, now);
    }

    private List<JWK> refreshed(JWKSelector selector, long now) {
        try {
            return selector.select(readAfter(now));
        } catch (KeySourceException | DomainException stillGood) {
            return known(selector, now);
        }
    }

    private static boolean isOlder(Reading reading, Duration age, long now) {
        return now - reading.began() > age.toNanos();
    }

    private JWKSet readAfter(long asked) throws KeySourceException {
        turn.acquire();
        try {
            Reading read = last;
            return read != null && read.began() - asked > 0 ? read.keys() : read();
        } finally {
            turn.release();
        }
    }

    private JWKSet read() throws KeySourceException {
        if (!allowance.take(this).granted()) {
            throw new JWKSetUnavailableException("The keys are read too often");
        }
        long began = clock.getAsLong();
        try {
            last = new Reading(place.read(), began);
        } catch (IOException e) {
            if (!away) {
                LOG.log(Level.WARNING, "The sign-in provider''s keys can''t be read: {0}", e.getMessage());
            }
            away = true;
            throw new JWKSetUnavailableException("The keys can't be read", e);
        }
        if (away) {
            LOG.info("The sign-in provider's keys can be read again");
        }
        away = false;
        return last.keys();
    }
}
