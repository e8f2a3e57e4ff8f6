package dev.realms.web.admission;

import dev.realms.realm.isolation.Caller;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.ws.rs.GET;

/**
 * Runs a request as often as {@link RequestRetry} has it, outside of every transaction; what is thrown at last is its answer. It waits for its
 * turn each time, and is not at work between two tries.
 */
@Resilient
@Interceptor
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
class ResilienceInterceptor {

    private final Admission admission;
    private final Caller caller;
    private final ReadOnlyConnections readOnly;

    @Inject
    ResilienceInterceptor(Admission admission, Caller caller, ReadOnlyConnections readOnly) {
        this.admission = admission;
        this.caller = caller;
        this.readOnly = readOnly;
    }

    @AroundInvoke
    Object serve(InvocationContext call) throws Exception {
        boolean reads = call.getMethod().isAnnotationPresent(GET.class);
        return RequestRetry.run(() -> admission.admit(reads, caller.userId(), call::proceed), readOnly::letGo);
    }
}
