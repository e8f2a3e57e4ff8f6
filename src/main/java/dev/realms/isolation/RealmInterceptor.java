package dev.realms.isolation;

import jakarta.annotation.Priority;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Method;

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
        if (hasTransaction(call.getMethod())) {
            gate.open(realm.realmId(), realm.ownerId(), caller.keyHash());
        }
        return call.proceed();
    }

    /** Without one there is nothing to open a realm for: whatever the method reads opens it for itself, or is refused. */
    private static boolean hasTransaction(Method method) {
        TransactionAttribute attribute = method.getAnnotation(TransactionAttribute.class);
        return attribute == null || attribute.value() != TransactionAttributeType.NOT_SUPPORTED;
    }
}
