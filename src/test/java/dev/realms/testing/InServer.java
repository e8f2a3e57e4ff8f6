package dev.realms.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A class of the tests that runs inside the application server: what tests in the server call there, and the tests themselves. */
@InServer
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface InServer {}
