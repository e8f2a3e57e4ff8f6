package dev.realms.retry;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.ws.rs.GET;

/** Runs a request in its turn, as often as {@link Tries} has it, outside of every transaction; what is thrown at last is its answer. */
@Retried
@Interceptor
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
class RetryInterceptor {

    private final Admission admission;

    @Inject
    RetryInterceptor(Admission admission) {
        this.admission = admission;
    }

    @AroundInvoke
    Object retry(InvocationContext call) throws Exception {
        boolean reads = call.getMethod().isAnnotationPresent(GET.class);
        return Tries.of(() -> admission.admit(reads, call::proceed));
    }
}
