package dev.realms.security.auth;

import dev.realms.realm.isolation.Role;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who may do what, as one table over {@code @Path} templates. The first line that fits decides; a method that no line fits is
 * closed. That a realm is the caller's own is not decided here but by the database.
 */
public final class AccessRules {

    private static final Set<String> READ = Set.of("GET", "HEAD");
    private static final Set<String> WRITE = Set.of("POST", "PUT", "PATCH", "DELETE");
    private static final Set<String> ANY = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    private static final Set<Role> ADMINS = Set.of(Role.ADMIN);
    private static final Set<Role> WRITERS = Set.of(Role.ADMIN, Role.USER);
    private static final Set<Role> EVERYBODY = Set.of(Role.values());
    private static final boolean KEYS_TOO = true;
    private static final boolean NO_KEYS = false;

    /** @param keys whether an API key may do it too, in its one realm and with its owner's role */
    public record Rule(Pattern path, Set<String> methods, Set<Role> roles, boolean keys) {

        boolean fits(String method, String template) {
            return methods.contains(method) && path.matcher(template).matches();
        }

        /** Whether nobody who has signed in is refused. */
        public boolean isForAll() {
            return keys && roles.equals(EVERYBODY);
        }

        boolean allows(Role role, boolean isKey) {
            return roles.contains(role) && (keys || !isKey);
        }
    }

    static final List<Rule> RULES = List.of(
            rule("/admin/.+", ANY, ADMINS, NO_KEYS),
            rule("/me(/settings)?", READ, EVERYBODY, NO_KEYS),
            rule("/me/settings", WRITE, WRITERS, NO_KEYS),
            rule("/realms/current", READ, EVERYBODY, KEYS_TOO),
            rule("/realms/switch", WRITE, WRITERS, NO_KEYS),
            rule("/realms", READ, EVERYBODY, NO_KEYS),
            rule("/realms(/import)?", WRITE, WRITERS, NO_KEYS),
            rule("/realms/\\{realmId}(/.+)?", READ, EVERYBODY, KEYS_TOO),
            // A key that could make keys, reach another realm, or end the one it opens, would outlive or outdo what it
            // was given for.
            rule("/realms/\\{realmId}(/restore|/default|/move|/api-keys(/.+)?)?", WRITE, WRITERS, NO_KEYS),
            rule("/realms/\\{realmId}/(servers|databases|documents|jobs)(/.+)?", WRITE, WRITERS, KEYS_TOO));

    private AccessRules() {}

    /** The line that decides about a method of the API, by its template below {@code /api}. */
    public static Optional<Rule> rule(String method, String template) {
        return RULES.stream().filter(rule -> rule.fits(method, template)).findFirst();
    }

    private static Rule rule(String path, Set<String> methods, Set<Role> roles, boolean keys) {
        return new Rule(Pattern.compile(path), methods, roles, keys);
    }
}
