package dev.realms.migration.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** A plain test that needs PostgreSQL: it runs on the embedded one, and on another one where {@code realms.test.postgresql} names it. */
@Tag("database")
@ExtendWith(FreshDatabases.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface DatabaseTest {}
