package dev.realms.realm.isolation.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.realm.isolation.probe.IsolationVerdict.IsolationFinding;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IsolationVerdictTest {

    private static final IsolationFinding OWNER = new IsolationFinding("owner", "r", "The role owns it's table.");
    private static final IsolationFinding POLICY = new IsolationFinding("policy", "t", "Table t has none.");

    private final Logger log = Logger.getLogger(IsolationVerdict.class.getName());
    private final List<String> lines = new ArrayList<>();
    private final Handler reader = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(MessageFormat.format(line.getMessage(), line.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        log.addHandler(reader);
    }

    @AfterEach
    void leave() {
        log.removeHandler(reader);
    }

    @Test
    void servesNobodyBeforeTheFirstVerdict() {
        assertThat(new IsolationVerdict().reasons())
                .extracting(IsolationFinding::name)
                .containsExactly("not-asked");
    }

    @Test
    void tellsTheCommandsWhyItCannotStart() {
        IsolationVerdict serving = new IsolationVerdict();

        serving.decide(List.of(OWNER, POLICY));
        serving.decide(List.of(OWNER, POLICY));

        assertThat(lines).containsExactly("REALMS CANNOT START: The role owns it's table. Table t has none.");
        assertThat(serving.reasons()).containsExactly(OWNER, POLICY);
    }

    @Test
    void tellsEachChangeOnce() {
        IsolationVerdict serving = new IsolationVerdict();

        serving.decide(List.of());
        serving.decide(List.of());
        serving.decide(List.of(OWNER));
        serving.decide(List.of(OWNER));
        serving.decide(List.of(POLICY));
        serving.decide(List.of());

        assertThat(lines)
                .containsExactly(
                        "REALMS DOES NOT SERVE: The role owns it's table.",
                        "REALMS DOES NOT SERVE: Table t has none.",
                        "REALMS SERVES again: isolation is guaranteed");
        assertThat(serving.reasons()).isEmpty();
    }
}
