package dev.realms.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryInterceptorTest {

    private final AtomicInteger tries = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(strings = {"40P01", "40001"})
    void runsWhatLostARaceAgain(String state) throws Exception {
        Exception lost = new IllegalStateException(new RuntimeException(new SQLException("lost", state)));

        assertThat(new RetryInterceptor().retry(failing(RetryInterceptor.TRIES - 1, lost)))
                .isEqualTo("answer");
        assertThat(tries).hasValue(RetryInterceptor.TRIES);
    }

    @Test
    void givesUpInTheEnd() {
        Exception lost = new SQLException("lost", "40P01");

        assertThatThrownBy(() -> new RetryInterceptor().retry(failing(RetryInterceptor.TRIES, lost)))
                .isSameAs(lost);
        assertThat(tries).hasValue(RetryInterceptor.TRIES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"55P03", "23505", "57014", "08006"})
    void leavesEveryOtherFailureAlone(String state) {
        Exception failure = new SQLException("failed", state);

        assertThatThrownBy(() -> new RetryInterceptor().retry(failing(1, failure)))
                .isSameAs(failure);
        assertThat(tries).hasValue(1);
    }

    private InvocationContext failing(int times, Exception failure) {
        return (InvocationContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {InvocationContext.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("proceed")) {
                        return null;
                    }
                    if (tries.incrementAndGet() <= times) {
                        throw failure;
                    }
                    return "answer";
                });
    }
}
