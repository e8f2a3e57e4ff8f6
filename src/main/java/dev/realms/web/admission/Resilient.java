package dev.realms.web.admission;

import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a resource that calls services. Each request waits for its turn ({@link Admission}), and is run again when its transaction failed
 * for no fault of its own ({@link RequestRetry}). So its methods begin their transactions themselves and do nothing that outlives a rollback.
 */
@Inherited
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Resilient {}
