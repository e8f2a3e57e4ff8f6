package dev.realms.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A class of tests against the application server of the suite, {@link TestServer}, and the database that it finds when it begins.
 *
 * <p>{@link DatabaseState#FINALIZED} is shared by all classes that ask for it: each makes its own users, and leaves what
 * belongs to everybody as it was. Any other one is new for each class, as is one that is asked for as its own.
 */
@InServer
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OnDatabase.Preparation.class)
public @interface OnDatabase {

    DatabaseState value();

    /** How many users there are whose rows are from before realms. */
    int users() default 0;

    /** Whether the class has one for itself even if it is {@link DatabaseState#FINALIZED}. */
    boolean own() default false;

    /** Public, as JUnit wants its extensions. */
    final class Preparation implements BeforeAllCallback {

        /** JUnit runs once more inside the application server, where everything has been prepared. */
        @Override
        public void beforeAll(ExtensionContext context) {
            if (System.getProperty("realms.it.target") != null) {
                TestServer.over(context.getRequiredTestClass().getAnnotation(OnDatabase.class));
            }
        }
    }
}
