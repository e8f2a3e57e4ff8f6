package dev.realms.web.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.realm.isolation.Caller;
import dev.realms.web.problem.StaleConnection;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResilienceInterceptorTest {

    private static final String USER = "user";

    private final Admission admission = new Admission();
    private final AtomicInteger tries = new AtomicInteger();
    private final AtomicInteger lettingGo = new AtomicInteger();
    private Runnable meanwhile = lettingGo::incrementAndGet;

    @ParameterizedTest
    @ValueSource(strings = {"40P01", "40001", "42P01"})
    void runsWhatLostARaceAgain(String state) throws Exception {
        Exception lost = new IllegalStateException(new RuntimeException(new SQLException("lost", state)));

        assertThat(interceptor().serve(failing(RequestRetry.MOST_TRIES - 1, lost)))
                .isEqualTo("answer");
        assertThat(tries).hasValue(RequestRetry.MOST_TRIES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "08003", "57P01"})
    void runsWhatMetACutConnectionFirstAgain(String state) throws Exception {
        Exception stale = new IllegalStateException(StaleConnection.in(new SQLException("cut", state)));

        assertThat(interceptor().serve(failing(1, stale))).isEqualTo("answer");
        assertThat(tries).hasValue(2);
    }

    @Test
    void letsGoOfAServerThatCanOnlyBeReadBeforeItTriesAgain() throws Exception {
        Exception readOnly = new IllegalStateException(new SQLException("cannot execute INSERT", "25006"));

        assertThat(interceptor().serve(failing(1, readOnly))).isEqualTo("answer");
        assertThat(tries).hasValue(2);
        assertThat(lettingGo).hasValue(1);
    }

    /** In Payara's words, which are the same for a connection that was cut and for none that got free. */
    @Test
    void runsWhatWasNotEnlistedAgainUnlessItHasWaitedForThat() throws Exception {
        SQLException words = new SQLException("Got exception during XAResource.start:");
        Exception cut = new IllegalStateException(words);

        assertThat(interceptor().serve(failing(1, cut))).isEqualTo("answer");
        assertThat(tries).hasValue(2);
        assertThatThrownBy(() -> RequestRetry.run(
                        () -> {
                            tries.incrementAndGet();
                            TimeUnit.MILLISECONDS.sleep(5_100);
                            throw words;
                        },
                        () -> {}))
                .isSameAs(words);
        assertThat(tries).hasValue(3);
    }

    /** Somebody else gets the only permit meanwhile. */
    @Test
    void isNotAtWorkBetweenTries() throws Exception {
        meanwhile = () -> admission.admit(false, "another", lettingGo::incrementAndGet);

        assertThat(interceptor().serve(failing(1, new SQLException("cannot execute INSERT", "25006"))))
                .isEqualTo("answer");
        assertThat(lettingGo).hasValue(1);
    }

    @Test
    void givesUpInTheEnd() {
        Exception lost = new SQLException("lost", "40P01");

        assertThatThrownBy(() -> interceptor().serve(failing(RequestRetry.MOST_TRIES, lost)))
                .isSameAs(lost);
        assertThat(tries).hasValue(RequestRetry.MOST_TRIES);
    }

    @Test
    void hasMorePatienceWithConnections() {
        Exception stale = new IllegalStateException(StaleConnection.in(new SQLException("cut", "08006")));

        assertThatThrownBy(() -> interceptor().serve(failing(RequestRetry.MOST_CONNECTIONS, stale)))
                .isSameAs(stale);
        assertThat(tries).hasValue(RequestRetry.MOST_CONNECTIONS).hasValueGreaterThan(RequestRetry.MOST_TRIES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"55P03", "23505", "57014", "08006"})
    void leavesEveryOtherFailureAlone(String state) {
        Exception failure = new SQLException("failed", state);

        assertThatThrownBy(() -> interceptor().serve(failing(1, failure))).isSameAs(failure);
        assertThat(tries).hasValue(1);
    }

    private ResilienceInterceptor interceptor() {
        admission.open(1);
        Caller caller = new Caller() {
            @Override
            public String userId() {
                return USER;
            }
        };
        return new ResilienceInterceptor(admission, caller, new ReadOnlyConnections() {
            @Override
            public void letGo() {
                meanwhile.run();
            }
        });
    }

    private InvocationContext failing(int times, Exception failure) {
        return (InvocationContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {InvocationContext.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("proceed")) {
                        return Object.class.getMethod("toString");
                    }
                    if (tries.incrementAndGet() <= times) {
                        throw failure;
                    }
                    return "answer";
                });
    }
}
