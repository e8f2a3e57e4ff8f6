package dev.realms.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a resource's method answers when all is well, for the description of the API: its Java type, {@link jakarta.ws.rs.core.Response},
 * does not say it. On a class it holds for all methods that have none of their own.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface ResponseSchema {

    /** The record that is written; of a list, its items. */
    Class<? extends Record> value();

    /** The HTTP status; 0 for what follows from the method: 201 for a POST, 202 for an operator's act, else 200. */
    int status() default 0;
}
