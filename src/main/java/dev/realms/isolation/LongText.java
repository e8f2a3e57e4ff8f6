package dev.realms.isolation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a view's component: a text so long that the database looks how many of it fit a page before it sends them. Rows from before realms
 * may hold texts of any length.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface LongText {}
