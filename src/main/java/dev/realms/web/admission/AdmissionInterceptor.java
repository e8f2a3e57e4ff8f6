package dev.realms.web.admission;

import dev.realms.realm.isolation.Caller;
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
    private final Caller caller;

    @Inject
    AdmissionInterceptor(Admission admission, Caller caller) {
        this.admission = admission;
        this.caller = caller;
    }

    @AroundInvoke
    Object admit(InvocationContext call) throws Exception {
        return admission.admit(call.getMethod().isAnnotationPresent(GET.class), caller.userId(), call::proceed);
    }
}
