package dev.realms.testing;

import java.util.Random;
import java.util.stream.LongStream;

/**
 * Where a class of tests takes its chance from: the same numbers in every run of the gate, other ones each night
 * ({@code -Drealms.seed=random}), and those of a failure again ({@code -Drealms.seed=…}, as its message has it).
 *
 * @param value where the first of several begins
 */
public record Seed(long value) {

    private static final String SETTING = System.getProperty("realms.seed", "");

    /** Says on standard output which it is. */
    public static Seed of(Class<?> test) {
        Seed seed = new Seed(
                switch (SETTING) {
                    case "" -> test.getName().hashCode();
                    case "random" -> new Random().nextLong();
                    default -> Long.parseLong(SETTING);
                });
        System.out.println("-Drealms.seed=" + seed.value + " repeats " + test.getSimpleName());
        return seed;
    }

    /** One for each of several rounds; a single round takes the seed itself. */
    public LongStream several(int rounds) {
        return LongStream.range(value, value + rounds);
    }

    public Random random() {
        return new Random(value);
    }
}
