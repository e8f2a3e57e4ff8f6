package dev.realms.settings;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Where the text of a setting comes from, by its MicroProfile Config name. A blank value counts as none; any other is as
 * it was written, blanks at its ends included, which belong to a password. */
@FunctionalInterface
public interface Lookup extends Function<String, Optional<String>> {

    /** System property first, then environment variable, as MicroProfile Config orders them. */
    static Lookup systemThenEnvironment() {
        return of(System::getProperty, System::getenv);
    }

    static Lookup of(Function<String, String> properties, Function<String, String> environment) {
        return name -> present(properties.apply(name)).or(() -> present(environment.apply(environmentName(name))));
    }

    /** This lookup, and where it has nothing, these values. */
    default Lookup orElse(Map<String, String> defaults) {
        return name -> apply(name).or(() -> Optional.ofNullable(defaults.get(name)));
    }

    /** {@code realms.db.url} is {@code REALMS_DB_URL} in the environment. */
    static String environmentName(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private static Optional<String> present(String text) {
        return Optional.ofNullable(text).filter(some -> !some.isBlank());
    }
}
