package dev.realms.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.apikey.ApiKeyFormat.Form;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyFormatTest {

    private static final String KNOWN = "rlm_000000000000000000000000000000002w3nmv";

    @Test
    void generatesWellFormedKeysThatNeverRepeat() {
        Set<String> keys = new HashSet<>();

        for (int i = 0; i < 1000; i++) {
            keys.add(ApiKeyFormat.generate());
        }

        assertThat(keys)
                .hasSize(1000)
                .allMatch(key -> ApiKeyFormat.form(key) == Form.KEY)
                .allMatch(key -> key.length() == 42);
    }

    @Test
    void keepsItsFormSoThatKeysGivenOutStayValid() {
        assertThat(ApiKeyFormat.form(KNOWN)).isEqualTo(Form.KEY);
    }

    @Test
    void noticesAnyMistypedCharacter() {
        String key = ApiKeyFormat.generate();

        for (int i = ApiKeyFormat.START.length(); i < key.length(); i++) {
            char other = key.charAt(i) == 'x' ? 'y' : 'x';
            assertThat(ApiKeyFormat.form(key.substring(0, i) + other + key.substring(i + 1)))
                    .as("character %d", i)
                    .isEqualTo(Form.MISTYPED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "rlm_", "sk_0123456789abcdef0123456789abcdef", "rlm_0000000000000000000000000000000 2w3nmv"})
    void leavesOpenWhatNeverHadThisForm(String text) {
        assertThat(ApiKeyFormat.form(text)).isEqualTo(Form.OTHER);
    }

    @Test
    void hashesAsTheDatabaseExpectsIt() {
        assertThat(ApiKeyFormat.hash("abc"))
                .isEqualTo("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void keepsNothingThatCanBeComputedFromAKey() {
        String kept = ApiKeyFormat.kept("abc");

        assertThat(kept).matches(ApiKeyFormat.hash("abc") + ":[0-9a-f]{32}").isNotEqualTo(ApiKeyFormat.kept("abc"));
        assertThat(ApiKeyFormat.hashOf(kept))
                .isEqualTo(ApiKeyFormat.hashOf("abc"))
                .isEqualTo(ApiKeyFormat.hash("abc"));
        assertThat(ApiKeyFormat.isKept(ApiKeyFormat.hash("abc"))).isFalse();
    }

    @Test
    void showsTheFirstTwelveCharactersOnly() {
        assertThat(ApiKeyFormat.prefix(KNOWN)).isEqualTo("rlm_00000000");
        assertThat(ApiKeyFormat.prefix("short")).isEqualTo("short");
    }
}
