package dev.realms.client;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.ProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/**
 * Sends a request again while the service asks for that, and after a lost connection where nothing can be done twice: what only reads, and each POST,
 * which has a key by which the service knows it again. Whether another request that was lost has been done is for the caller to see.
 */
final class RetryInvocationHandler implements InvocationHandler {

    private static final Duration AFTER_LOSS = Duration.ofMillis(200);

    private final Object api;
    private final Duration patience;

    private RetryInvocationHandler(Object api, Duration patience) {
        this.api = api;
        this.patience = patience;
    }

    /** @param patience how long a call may take before the last try */
    static <T> T of(Class<T> type, T api, Duration patience) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, new RetryInvocationHandler(api, patience)));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        Instant end = Instant.now().plus(patience);
        Object[] sent = arguments == null ? new Object[0] : arguments.clone();
        giveKey(method, sent);
        while (true) {
            try {
                return method.invoke(api, sent);
            } catch (InvocationTargetException e) {
                Duration wait = isRead(sent) ? null : wait(e.getCause(), isRepeatable(method));
                if (wait == null || Instant.now().plus(wait).isAfter(end)) {
                    throw e.getCause();
                }
                sleep(wait, e.getCause());
            }
        }
    }

    /** What was sent of a stream can't be sent again. */
    private static boolean isRead(Object[] sent) {
        return Arrays.stream(sent).anyMatch(InputStream.class::isInstance);
    }

    /** Null for never. */
    private static Duration wait(Throwable failure, boolean repeatable) {
        if (failure instanceof ProblemException problem) {
            return problem.retryAfter().orElse(null);
        }
        return failure instanceof ProcessingException && failure.getCause() instanceof IOException && repeatable
                ? AFTER_LOSS
                : null;
    }

    private static void giveKey(Method method, Object[] sent) {
        int at = header(method, "Idempotency-Key");
        if (at >= 0 && sent[at] == null) {
            sent[at] = UUID.randomUUID().toString();
        }
    }

    private static boolean isRepeatable(Method method) {
        return method.isAnnotationPresent(GET.class) || header(method, "Idempotency-Key") >= 0;
    }

    private static void sleep(Duration wait, Throwable failure) throws Throwable {
        try {
            Thread.sleep(wait.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }

    /** Which argument it is, or −1. */
    private static int header(Method method, String name) {
        for (int i = 0; i < method.getParameterCount(); i++) {
            HeaderParam header = method.getParameters()[i].getAnnotation(HeaderParam.class);
            if (header != null && header.value().equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
