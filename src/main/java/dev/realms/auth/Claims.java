package dev.realms.auth;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.realms.http.Texts;
import dev.realms.isolation.Role;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;

/** What a verified token says of its user. */
final class Claims {

    /** The longest address that mail can be sent to is shorter still (RFC 5321). */
    private static final int LONGEST_EMAIL = 320;

    private static final int LONGEST_NAME = 200;

    /** What PostgreSQL does not store, or a log should not show. */
    private static final IntPredicate UNFIT = Texts::isUnfitForALine;

    private Claims() {}

    static Identity identity(JWTClaimsSet claims, boolean mayNameRoles) throws InvalidToken {
        String email = text(claims, "email").map(String::strip).orElse("");
        if (email.isEmpty()
                || email.length() > LONGEST_EMAIL
                || email.codePoints().anyMatch(UNFIT)) {
            throw new InvalidToken("has no claim email that could be an address");
        }
        Object verified = claims.getClaim("email_verified");
        if (verified != null && !verified.toString().equals("true")) {
            throw new InvalidToken("has an email that is not verified");
        }
        return new Identity(email, name(claims, email), mayNameRoles ? role(claims) : Optional.empty());
    }

    private static String name(JWTClaimsSet claims, String email) {
        return text(claims, "name")
                .map(Claims::fit)
                .filter(name -> !name.isEmpty())
                .orElseGet(() -> fit(email.replaceFirst("(?<=.)@.*", "")));
    }

    private static String fit(String text) {
        return text.codePoints()
                .filter(UNFIT.negate())
                .limit(LONGEST_NAME)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
    }

    private static Optional<Role> role(JWTClaimsSet claims) {
        return text(claims, "role")
                .flatMap(name -> Arrays.stream(Role.values())
                        .filter(role -> role.name().equals(name))
                        .findFirst());
    }

    private static Optional<String> text(JWTClaimsSet claims, String name) {
        return claims.getClaim(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }
}
