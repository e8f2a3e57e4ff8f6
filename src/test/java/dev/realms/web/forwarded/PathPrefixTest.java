package dev.realms.web.forwarded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPrefixTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            /tools,            /tools
            /tools/realms,     /tools/realms
            /tools/realms/,    /tools/realms
            /v1.2/~me/a_b-c,   /v1.2/~me/a_b-c
            /.well-known,      /.well-known
            /...a,             /...a
            """)
    void takesAPlainPath(String given, String prefix) {
        assertThat(PathPrefix.of(List.of(given))).isEqualTo(prefix);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "//",
                "//elsewhere.example",
                "///elsewhere.example",
                "/\\elsewhere.example",
                "\\\\elsewhere.example",
                "https://elsewhere.example",
                "https:/elsewhere.example",
                "javascript:alert(1)",
                "someone@elsewhere.example",
                "/someone@elsewhere.example",
                "tools",
                "./tools",
                "/..",
                "/.",
                "/...",
                "/tools/../..",
                "/tools/..",
                "/../tools",
                "/./tools",
                "/tools//realms",
                "/tools//",
                "/tools?a=b",
                "/tools#a",
                "/tools;a=b",
                "/tools,/realms",
                "/tools realms",
                "/tools ",
                "/%2e%2e",
                "/%2F",
                "/tools\r\nX-Elsewhere: 1",
                "/tools\n/realms",
                "/tools\u0000",
                "/tools\u2028",
                "/t\u00f6\u00f6ls",
                "/<script>",
                "/\"tools\"",
                "/{realmId}",
                "/$tools",
                "/tools:80"
            })
    void takesNothingElse(String given) {
        assertThat(PathPrefix.of(List.of(given))).isEmpty();
    }

    @Test
    void takesOneLineOnlyAndOfSomeLength() {
        assertThat(PathPrefix.of(List.of("/tools", "/tools"))).isEmpty();
        assertThat(PathPrefix.of(List.of())).isEmpty();
        assertThat(PathPrefix.of(List.of("/" + "a".repeat(199)))).hasSize(200);
        assertThat(PathPrefix.of(List.of("/" + "a".repeat(200)))).isEmpty();
        assertThat(PathPrefix.of(List.of("/a".repeat(500_000) + "?"))).isEmpty();
    }
}
