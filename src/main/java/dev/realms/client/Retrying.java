package dev.realms.client;

import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.ProcessingException;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Sends a request again while the service asks for that, or when the connection was lost. Nothing is done twice: each POST has a key by which
 * the service knows it again. What has a condition is not sent again after a lost connection: the first one may have been done, and the
 * second would then be refused as stale.
 */
final class Retrying implements InvocationHandler {

    private static final Duration AFTER_LOSS = Duration.ofMillis(200);

    private final Object api;
    private final Duration patience;

    private Retrying(Object api, Duration patience) {
        this.api = api;
        this.patience = patience;
    }

    /** @param patience how long a call may take before the last try */
    static <T> T of(Class<T> type, T api, Duration patience) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new Retrying(api, patience)));
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
                Duration wait = wait(e.getCause(), isConditional(method, sent));
                if (wait == null || Instant.now().plus(wait).isAfter(end)) {
                    throw e.getCause();
                }
                Thread.sleep(wait.toMillis());
            }
        }
    }

    /** Null for never. */
    private static Duration wait(Throwable failure, boolean conditional) {
        if (failure instanceof ProblemException problem) {
            return problem.retryAfter().orElse(null);
        }
        return failure instanceof ProcessingException && failure.getCause() instanceof IOException && !conditional
                ? AFTER_LOSS
                : null;
    }

    private static void giveKey(Method method, Object[] sent) {
        int at = header(method, "Idempotency-Key");
        if (at >= 0 && sent[at] == null) {
            sent[at] = UUID.randomUUID().toString();
        }
    }

    private static boolean isConditional(Method method, Object[] sent) {
        int at = header(method, "If-Match");
        return at >= 0 && sent[at] != null;
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
