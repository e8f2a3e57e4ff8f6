package dev.realms.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a parameter or member stands for, for the description of the API, where its Java type is a wider one: the constant behind a text,
 * the update behind a {@link dev.realms.web.json.Patch}, the record behind an object.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
public @interface DescribedAs {

    Class<?> value();
}
