package dev.realms.isolation;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

/** Runs inside the container-managed transaction, before the bean's method: opens the realm or ends the call. */
@InRealm
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
class RealmInterceptor {

    @Inject
    private RealmContext realm;

    @Inject
    private RealmGate gate;

    @Inject
    private Caller caller;

    @AroundInvoke
    Object open(InvocationContext call) throws Exception {
        gate.open(realm.realmId(), realm.ownerId(), caller.keyHash());
        return call.proceed();
    }
}
