package dev.realms.retry;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.ws.rs.GET;

/** Has a request wait for its turn. Inside of {@link RetryInterceptor}: whoever tries again gives the place back meanwhile. */
@Admitted
@Interceptor
@Priority(Interceptor.Priority.LIBRARY_BEFORE + 1)
class AdmissionInterceptor {

    private final Admission admission;

    @Inject
    AdmissionInterceptor(Admission admission) {
        this.admission = admission;
    }

    @AroundInvoke
    Object admit(InvocationContext call) throws Exception {
        return admission.admit(call.getMethod().isAnnotationPresent(GET.class), call::proceed);
    }
}
