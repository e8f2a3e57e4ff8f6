package dev.realms.web;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a resource's POST method, which returns a {@link jakarta.ws.rs.core.Response}: obeys the {@code Idempotency-Key} header. With
 * one, the method runs inside a transaction that its services must join, unless it is an operator's {@link #act}.
 */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Idempotent {

    /** Whether it is an operator's act, which no transaction of ours can hold together: its services make their own. */
    @Nonbinding
    boolean act() default false;
}
