package dev.realms.web.body;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.web.problem.DomainException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LongRequestTest {

    private final LongRequest first = new LongRequest();
    private final LongRequest second = new LongRequest();
    private final LongRequest third = new LongRequest();

    @AfterEach
    void end() {
        first.end();
        second.end();
        third.end();
    }

    @Test
    void nobodyHasTwo() {
        first.begin("ada");
        first.begin("ada");

        assertThatThrownBy(() -> second.begin("ada")).isInstanceOf(DomainException.class);
        first.end();
        assertThatCode(() -> third.begin("ada")).doesNotThrowAnyException();
    }

    @Test
    void thereAreTwoAtATime() {
        first.begin("ada");
        second.begin("bob");

        assertThatThrownBy(() -> third.begin("eve")).isInstanceOf(DomainException.class);
        second.end();
        assertThatCode(() -> third.begin("eve")).doesNotThrowAnyException();
    }
}
