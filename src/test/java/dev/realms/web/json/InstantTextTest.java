package dev.realms.web.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.Seed;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "1969-12-31T23:59:59.999Z",
                "2026-11-22T13:05:51.500Z",
                "2024-02-29T00:00:00.001Z",
                "2000-02-29T23:59:59.090Z",
                "1900-03-01T12:00:00Z",
                "0000-01-01T00:00:00Z",
                "0001-01-01T00:00:00Z",
                "-0001-12-31T23:59:59Z",
                "9999-12-31T23:59:59.999Z",
                "+10000-01-01T00:00:00Z",
                "2026-11-22T13:05:51.000001Z",
                "2026-11-22T13:05:51.123456789Z"
            })
    void writesWhatToStringDoes(String text) {
        assertThat(written(Instant.parse(text))).isEqualTo(Instant.parse(text).toString());
    }

    @Test
    void writesAnyMillisecondOfTenThousandYearsAsToStringDoes() {
        long first = Instant.parse("0000-01-01T00:00:00Z").toEpochMilli();
        long end = Instant.parse("+10000-01-01T00:00:00Z").toEpochMilli();

        Seed.of(InstantTextTest.class)
                .random()
                .longs(20_000, first, end)
                .mapToObj(Instant::ofEpochMilli)
                .forEach(instant -> assertThat(written(instant)).isEqualTo(instant.toString()));
    }

    private static String written(Instant instant) {
        StringBuilder out = new StringBuilder();
        InstantText.append(out, instant);
        return out.toString();
    }
}
