package dev.realms.settings;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code realms.db.url}, or {@code realms.db.app.url}, in two halves: the address, and the user and password it may carry.
 *
 * <p>They must part: the driver prefers what stands in the URL over what a pool asks for, so the runtime pool would
 * connect as the schema owner.
 */
public final class DatabaseUrl {

    public static final String NAME = "realms.db.url";

    /** The runtime role's way in, when it is another one. */
    public static final String APP_NAME = "realms.db.app.url";

    private static final String PREFIX = "jdbc:postgresql:";

    /** What makes the driver end a transaction between the statement that opens a realm and the one that needs it, or send neither. */
    private static final Pattern BREAKS_REALMS =
            Pattern.compile("(?i)preferQueryMode=simple|stringtype=unspecified|prepareThreshold=-\\d+");

    private final String address;
    private final String[] parameters;

    private DatabaseUrl(String address, String[] parameters) {
        this.address = address;
        this.parameters = parameters;
    }

    /** @throws SettingException when it is no JDBC URL of PostgreSQL, or has a parameter with which no realm can be opened */
    public static DatabaseUrl parse(String text) {
        return parse(NAME, text);
    }

    /** @param name of the setting */
    static DatabaseUrl parse(String name, String text) {
        int query = text.indexOf('?');
        String address = query < 0 ? text : text.substring(0, query);
        if (!address.startsWith(PREFIX) || address.length() == PREFIX.length() || address.contains(" ")) {
            // user:password@host is a habit from other clients; what stands before the @ is not repeated.
            String shown = address.replaceFirst("//[^/@]*@", "//***@");
            throw new SettingException(
                    name + " must look like jdbc:postgresql://host:5432/database, but is '" + shown + "'"
                            + (address.contains("mysql:") || address.contains("mariadb:")
                                    ? ": a database of MySQL can't be taken over; move it to PostgreSQL before, with the schema that the old application makes there."
                                    : "."));
        }
        String[] parameters = query < 0
                ? new String[0]
                : Arrays.stream(text.substring(query + 1).split("&"))
                        .filter(parameter -> !parameter.isEmpty())
                        .toArray(String[]::new);
        Arrays.stream(parameters)
                .filter(BREAKS_REALMS.asMatchPredicate())
                .findFirst()
                .ifPresent(parameter -> {
                    throw new SettingException("%s must not have the parameter %s: with it no realm can be opened."
                            .formatted(name, parameter));
                });
        return new DatabaseUrl(address, parameters);
    }

    /** The URL with neither user nor password. */
    public String withoutCredentials() {
        String kept = Arrays.stream(parameters)
                .filter(isParameter("user").or(isParameter("password")).negate())
                .collect(Collectors.joining("&"));
        return kept.isEmpty() ? address : address + "?" + kept;
    }

    public Optional<String> user() {
        return value("user");
    }

    public Optional<Secret> password() {
        return value("password").map(Secret::new);
    }

    private Optional<String> value(String name) {
        return Arrays.stream(parameters)
                .filter(isParameter(name))
                .map(parameter -> URLDecoder.decode(parameter.substring(name.length() + 1), StandardCharsets.UTF_8))
                .filter(text -> !text.isEmpty())
                .findFirst();
    }

    private static Predicate<String> isParameter(String name) {
        return parameter -> parameter.startsWith(name + "=");
    }

    @Override
    public String toString() {
        return withoutCredentials();
    }
}
