package dev.realms.retry;

import dev.realms.problem.LostRace;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs a request that lost a race a few times, outside of every transaction; what is thrown at last is its answer. */
@Retried
@Interceptor
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
class RetryInterceptor {

    static final int TRIES = 5;

    private static final Logger LOG = Logger.getLogger(RetryInterceptor.class.getName());
    private static final int FIRST_PAUSE_MILLIS = 20;

    @AroundInvoke
    Object retry(InvocationContext call) throws Exception {
        for (int tries = 1; ; tries++) {
            try {
                return call.proceed();
            } catch (Exception e) {
                if (tries == TRIES || !LostRace.isBehind(e)) {
                    throw e;
                }
                LOG.log(Level.FINE, "{0} lost a race, try {1}", new Object[] {call.getMethod(), tries});
                pause(tries);
            }
        }
    }

    /** Of random length, so that those who met do not meet again; longer each time. */
    private static void pause(int tries) throws InterruptedException {
        Thread.sleep(ThreadLocalRandom.current().nextInt(FIRST_PAUSE_MILLIS << tries));
    }
}
