package dev.realms.web.admission;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

/** Runs a request as often as {@link RequestRetry} has it, outside of every transaction; what is thrown at last is its answer. */
@Retried
@Interceptor
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
class RetryInterceptor {

    private final ReadOnlyConnections readOnly;

    @Inject
    RetryInterceptor(ReadOnlyConnections readOnly) {
        this.readOnly = readOnly;
    }

    @AroundInvoke
    Object retry(InvocationContext call) throws Exception {
        return RequestRetry.run(call::proceed, readOnly::letGo);
    }
}
