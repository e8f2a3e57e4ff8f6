package dev.realms.launch.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** A stream of choices that depends on its seed alone: one per user, so that a user's rows don't depend on the others'. */
final class SampleRandom {

    private static final long SEED = 0x5265616C6D73L;

    private final Random random;

    SampleRandom(long rank) {
        // The multiplier spreads neighbouring ranks; java.util.Random's first outputs would else be alike.
        this.random = new Random(SEED ^ (rank * 0x9E3779B97F4A7C15L));
    }

    /** Of version 4, as the ids of existing installations. */
    UUID uuid() {
        long high = random.nextLong() & 0xFFFFFFFFFFFF0FFFL | 0x4000L;
        long low = random.nextLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
        return new UUID(high, low);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    double fraction() {
        return random.nextDouble();
    }

    /** Mostly small, now and then several times the mean. */
    int skewed(double mean) {
        return (int) Math.floor(-mean * Math.log(1 - random.nextDouble()));
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** To the millisecond, as the columns hold it. */
    Instant instant(Instant from, Instant to) {
        long span = Math.max(1, Duration.between(from, to).toMillis());
        return from.plusMillis((long) (random.nextDouble() * span));
    }

    String hex(int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(Integer.toHexString(random.nextInt(16)));
        }
        return text.toString();
    }
}
