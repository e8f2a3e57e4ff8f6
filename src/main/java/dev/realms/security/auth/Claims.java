package dev.realms.security.auth;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.realms.user.Emails;
import dev.realms.user.SignIn.TokenSubject;
import dev.realms.web.json.PermittedCharacters;
import java.util.Optional;
import java.util.function.IntPredicate;

/** What a verified token says of its user. */
final class Claims {

    private static final int LONGEST_NAME = 200;

    /** In characters, as OpenID Connect has it. */
    private static final int LONGEST_SUBJECT = 255;

    /** What PostgreSQL does not store, or a log should not show. */
    private static final IntPredicate UNFIT = PermittedCharacters::isUnfitForALine;

    private Claims() {}

    /** @throws InvalidToken when it does not say whom it speaks of */
    static TokenSubject person(JWTClaimsSet claims, boolean trustsEmails) throws InvalidToken {
        String subject = claims.getSubject();
        if (subject == null
                || subject.isBlank()
                || subject.length() > LONGEST_SUBJECT
                || subject.codePoints().anyMatch(UNFIT)) {
            throw new InvalidToken("has no subject");
        }
        boolean verified = "true".equals(String.valueOf(claims.getClaim("email_verified")));
        return new TokenSubject(claims.getIssuer(), subject, email(claims, trustsEmails), verified, name(claims));
    }

    /** Where it counts as theirs: anybody may write any address into an account of their own. */
    private static Optional<String> email(JWTClaimsSet claims, boolean trustsEmails) {
        Object verified = claims.getClaim("email_verified");
        boolean counts = verified == null ? trustsEmails : verified.toString().equals("true");
        return text(claims, "email").map(String::strip).filter(email -> counts && Emails.isAddress(email));
    }

    private static String name(JWTClaimsSet claims) {
        return text(claims, "name")
                .map(Claims::fit)
                .filter(name -> !name.isEmpty())
                .or(() -> text(claims, "email").map(email -> fit(email.replaceFirst("(?<=.)@.*", ""))))
                .filter(name -> !name.isEmpty())
                .orElse("Somebody");
    }

    private static String fit(String text) {
        return text.codePoints()
                .filter(UNFIT.negate())
                .limit(LONGEST_NAME)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
    }

    private static Optional<String> text(JWTClaimsSet claims, String name) {
        return claims.getClaim(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }
}
