package dev.realms.web.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.web.Page;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The text that is written directly is the text of the JSON object, which entity tags and remembered requests were made of. */
class JsonTextTest {

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

    @Test
    void writesEveryKindOfValueAsTheObjectWould() {
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
                Records.parse("{\"a\": [1, \"\\u0001\", {}]}"),
                Arrays.asList("x", null, List.of(), List.of(new Leaf(null, null))),
                members,
                null);

        String text = Records.text(tree);

        assertThat(text).isEqualTo(Records.json(tree).toString());
        assertThat(text)
                .isEqualTo("{\"id\":\"f395d239-2f59-4d82-b6d8-4f160fbaaaff\",\"at\":\"2026-11-22T13:05:51.500Z\","
                        + "\"colour\":\"RED\",\"yes\":true,\"small\":-1,\"large\":9223372036854775807,"
                        + "\"json\":{\"a\":[1,\"\\u0001\",{}]},\"items\":[\"x\",null,[],[{\"text\":null,\"number\":null}]],"
                        + "\"members\":{\"a \\\"name\\\"\":null,\"b\":{\"text\":\"x\",\"number\":0.5}},\"leaf\":null}");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, 1, 0.1, 1e10, 1.5e300, 5e-324, 123456789.125, 100, 1e7, 1e-3, 1e-4})
    void writesNumbersAsTheObjectWould(double number) {
        Leaf leaf = new Leaf("", number);

        assertThat(Records.text(leaf)).isEqualTo(Records.json(leaf).toString());
    }

    @Test
    void writesEveryCharacterAsTheObjectWould() {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c < 0x2100; c++) {
            all.append((char) c);
        }
        all.append("\ud83d\ude00 \uffff");
        Leaf leaf = new Leaf(all.toString(), 1.0);

        assertThat(Records.text(leaf)).isEqualTo(Records.json(leaf).toString());
    }

    @Test
    void writesAnyTextAsTheObjectWould() {
        Random random = new Random(42);
        for (int i = 0; i < 1_000; i++) {
            String text = random.ints(random.nextInt(20), 0, 0x80)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            Leaf leaf = new Leaf(text, random.nextGaussian());

            assertThat(Records.text(leaf)).isEqualTo(Records.json(leaf).toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "20, 1", "200, 7"})
    void writesAPageInPiecesThatAreItsText(int items, int pieces) {
        List<Leaf> leaves = Collections.nCopies(items, new Leaf("x".repeat(1_000), 1.0));
        Page<Leaf> page = new Page<>(leaves, items == 0 ? null : "next");

        List<String> written = new ArrayList<>();
        JsonText.pieces(page).forEachRemaining(written::add);

        assertThat(String.join("", written)).isEqualTo(Records.json(page).toString());
        assertThat(written).hasSize(pieces);
    }
}
