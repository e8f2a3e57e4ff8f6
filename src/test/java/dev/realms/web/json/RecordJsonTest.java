package dev.realms.web.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordJsonTest {

    private enum Colour {
        RED
    }

    private record Leaf(String text, Double number) {}

    private record Tree(
            UUID id,
            Instant at,
            Colour colour,
            boolean yes,
            int small,
            Long large,
            JsonValue json,
            List<?> items,
            Map<?, ?> members,
            Leaf leaf) {}

    /** Ends too early when it is written. */
    private record Broken(String text, Object fault) {}

    @Test
    void writesEveryKindOfValue() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("a \"name\"", null);
        members.put("b", new Leaf("x", 0.5));
        Tree tree = new Tree(
                UUID.fromString("f395d239-2f59-4d82-b6d8-4f160fbaaaff"),
                Instant.parse("2026-11-22T13:05:51.500Z"),
                Colour.RED,
                true,
                -1,
                Long.MAX_VALUE,
                RecordJson.parse("{\"a\": [1, \"\\u0001\", {}]}"),
                Arrays.asList("x", null, List.of(), List.of(new Leaf(null, null))),
                members,
                null);

        assertThat(RecordJson.text(tree))
                .isEqualTo("{\"id\":\"f395d239-2f59-4d82-b6d8-4f160fbaaaff\",\"at\":\"2026-11-22T13:05:51.500Z\","
                        + "\"colour\":\"RED\",\"yes\":true,\"small\":-1,\"large\":9223372036854775807,"
                        + "\"json\":{\"a\":[1,\"\\u0001\",{}]},\"items\":[\"x\",null,[],[{\"text\":null,\"number\":null}]],"
                        + "\"members\":{\"a \\\"name\\\"\":null,\"b\":{\"text\":\"x\",\"number\":0.5}},\"leaf\":null}");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, 1, 0.1, 1e10, 1.5e300, 5e-324, 123456789.125, 100, 1e7, 1e-3, 1e-4})
    void writesNumbersThatAreReadAsTheyWere(double number) {
        assertThat(RecordJson.json(new Leaf("", number)).getJsonNumber("number").doubleValue())
                .isEqualTo(number);
    }

    @Test
    void writesTextsThatAreReadAsTheyWere() {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c < 0x2100; c++) {
            all.append((char) c);
        }
        Leaf leaf = new Leaf(all + "\ud83d\ude00 \uffff", 1.0);

        assertThat(RecordJson.json(leaf).getString("text")).isEqualTo(leaf.text());
    }

    @Test
    void writesTheSameAsTextBytesAndStream() {
        Leaf leaf = new Leaf("ä\ud83d\ude00\u0001".repeat(10_000), 1.0);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();

        RecordJson.write(leaf, stream);

        assertThat(RecordJson.bytes(leaf))
                .isEqualTo(stream.toByteArray())
                .isEqualTo(RecordJson.text(leaf).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void leavesOpenWhatItCouldNotWrite() {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        Object fault = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("not to be written");
            }
        };

        assertThatThrownBy(() -> RecordJson.write(new Broken("x", fault), stream))
                .hasMessage("not to be written");
        assertThat(stream.toString(StandardCharsets.UTF_8)).doesNotContain("}");
    }
}
