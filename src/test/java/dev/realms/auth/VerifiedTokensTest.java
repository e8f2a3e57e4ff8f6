package dev.realms.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class VerifiedTokensTest {

    private final AtomicLong nanos = new AtomicLong();
    private final List<String> verified = new ArrayList<>();
    private final VerifiedTokens tokens = new VerifiedTokens(this::verify, nanos::get);

    @Test
    void verifiesATokenOnceInAMoment() throws InvalidToken {
        assertThat(tokens.identify("of Ada").orElseThrow().email()).isEqualTo("of Ada");
        assertThat(tokens.identify("of Ada").orElseThrow().email()).isEqualTo("of Ada");

        assertThat(verified).containsExactly("of Ada");
    }

    @Test
    void verifiesItAgainWithinASecond() throws InvalidToken {
        tokens.identify("of Ada");
        nanos.addAndGet(Duration.ofMillis(999).toNanos());
        tokens.identify("of Ada");

        assertThat(verified).containsExactly("of Ada", "of Ada");
    }

    @Test
    void takesNobodyForSomebodyElse() throws InvalidToken {
        tokens.identify("of Ada");

        assertThat(tokens.identify("of Grace").orElseThrow().email()).isEqualTo("of Grace");
    }

    @Test
    void remembersNothingThatProvedNothing() throws InvalidToken {
        assertThat(tokens.identify("no token")).isEmpty();
        assertThat(tokens.identify("no token")).isEmpty();
        assertThatThrownBy(() -> tokens.identify("forged")).isInstanceOf(InvalidToken.class);
        assertThatThrownBy(() -> tokens.identify("forged")).isInstanceOf(InvalidToken.class);

        assertThat(verified).containsExactly("no token", "no token", "forged", "forged");
    }

    private Optional<Identity> verify(String token) throws InvalidToken {
        verified.add(token);
        if (token.equals("forged")) {
            throw new InvalidToken("is forged");
        }
        return token.startsWith("of ") ? Optional.of(new Identity(token, "Ada", Optional.empty())) : Optional.empty();
    }
}
