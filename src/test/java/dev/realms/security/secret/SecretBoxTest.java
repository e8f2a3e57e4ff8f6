package dev.realms.security.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.security.secret.SecretBox.AssociatedData;
import dev.realms.security.secret.SecretBox.SecretException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SecretBoxTest {

    private static final UUID REALM = UUID.randomUUID();
    private static final String ROW = "row";
    private static final AssociatedData PASSWORD = AssociatedData.ofField(REALM, ROW, "password");

    private final SecretBox box = TestKeys.box();

    @Test
    void opensWhatItSealed() {
        assertThat(box.open(box.seal("pä55 wörd 🔑", PASSWORD), PASSWORD)).isEqualTo("pä55 wörd 🔑");
        assertThat(box.open(box.seal("", PASSWORD), PASSWORD)).isEmpty();
    }

    @Test
    void neverSealsTheSameWayTwice() {
        assertThat(box.seal("secret", PASSWORD)).isNotEqualTo(box.seal("secret", PASSWORD));
    }

    @Test
    void namesItsFormAndItsKey() {
        String sealed = box.seal("secret", PASSWORD);

        assertThat(sealed).matches("realms:v1:[0-9a-f]{8}:[A-Za-z0-9_-]+").doesNotContain("secret");
        assertThat(SecretBox.isSealed(sealed)).isTrue();
        assertThat(SecretBox.isSealed("pw-from-before-realms")).isFalse();
        assertThat(SecretBox.isSealed(null)).isFalse();
    }

    @Test
    void opensNothingThatWasMovedElsewhere() {
        String sealed = box.seal("secret", PASSWORD);

        assertThatExceptionOfType(SecretException.class)
                .isThrownBy(() -> box.open(sealed, AssociatedData.ofField(REALM, ROW, "api_key")));
        assertThatExceptionOfType(SecretException.class)
                .isThrownBy(() -> box.open(sealed, AssociatedData.ofField(REALM, "another", "password")));
        assertThatExceptionOfType(SecretException.class)
                .isThrownBy(() -> box.open(sealed, AssociatedData.ofField(UUID.randomUUID(), ROW, "password")));
    }

    @Test
    void opensNothingThatWasChanged() {
        String sealed = box.seal("secret", PASSWORD);

        for (int i = 0; i < sealed.length(); i++) {
            char other = sealed.charAt(i) == 'A' ? 'B' : 'A';
            String changed = sealed.substring(0, i) + other + sealed.substring(i + 1);
            assertThatThrownBy(() -> box.open(changed, PASSWORD))
                    .as("changed at %d", i)
                    .isInstanceOf(SecretException.class)
                    .hasMessage("A stored secret can't be opened");
        }
        assertThatExceptionOfType(SecretException.class).isThrownBy(() -> box.open("", PASSWORD));
        assertThatExceptionOfType(SecretException.class)
                .isThrownBy(() -> box.open(sealed.substring(0, sealed.lastIndexOf(':') + 1), PASSWORD));
    }

    @Test
    void opensNothingOfAnotherKey() {
        String sealed = TestKeys.box().seal("secret", PASSWORD);

        assertThatExceptionOfType(SecretException.class).isThrownBy(() -> box.open(sealed, PASSWORD));
    }

    @Test
    void showsNothing() {
        assertThat(box.toString()).matches("dev\\.realms\\.security\\.secret\\.SecretBox@[0-9a-f]+");
    }
}
