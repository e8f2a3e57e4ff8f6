package dev.realms.web.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "Übersicht 数据.pdf",
                "a\u00A0b",
                "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645",
                "\u0915\u094D\u200D\u0937",
                "\uD83D\uDC69\u200D\uD83D\uDCBB",
                "\u2764\uFE0F\u200D\uD83D\uDD25",
                "\uD83C\uDDE9\uD83C\uDDEA",
                "\u0600\u0661",
                "\u3053\u3000\u3053"
            })
    void canBeSeen(String name) {
        assertThat(VisibleName.Validator.isVisible(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\u00A0",
                "\u3000",
                "\u200B",
                "a\u200Bb",
                "\uFEFFa",
                "a\u2060",
                "a\u00ADb",
                "a\u200Db",
                "a\u200C",
                "\u200Da",
                "1\u200D2",
                "\u0430\u200C\u0430",
                "a\u3164",
                "\u3164",
                "\u2800",
                "\u115Fa",
                "a\uFFA0",
                "a\u034Fb",
                "\uFE0F",
                "a\tb",
                "a\nb",
                "a\u2028b",
                "a\u0085b",
                "a\u200Eb",
                "a\u061Cb",
                "a\u202Eb",
                "a\u2066b",
                "a\uDB40\uDC41"
            })
    void canNot(String name) {
        assertThat(VisibleName.Validator.isVisible(name)).isFalse();
    }
}
