package dev.realms.security.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.BadJWSException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.realms.user.SignIn.TokenSubject;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import java.util.HashSet;
import java.util.Set;

/** Verifies the tokens of one issuer: signature, algorithm, issuer, audience and lifetime. */
final class TokenVerifier {

    private final String issuer;
    private final boolean trustsEmails;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    /**
     * @param audiences one of which a token must be for
     * @param trustsEmails whether its addresses count that it does not say to be verified
     * @param clockSkewSeconds by how much its clock and ours may differ
     */
    TokenVerifier(
            String issuer,
            Set<String> audiences,
            Set<JWSAlgorithm> algorithms,
            JWKSource<SecurityContext> keys,
            boolean trustsEmails,
            int clockSkewSeconds) {
        this.issuer = issuer;
        this.trustsEmails = trustsEmails;
        processor.setJWSKeySelector(new SigningKeys(algorithms, keys));
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt"), null));
        var claims = new DefaultJWTClaimsVerifier<SecurityContext>(
                // Asked whether it holds null, which Set.of does not answer.
                new HashSet<>(audiences),
                new JWTClaimsSet.Builder().issuer(issuer).build(),
                Set.of("exp"),
                Set.of());
        claims.setMaxClockSkew(clockSkewSeconds);
        processor.setJWTClaimsSetVerifier(claims);
    }

    String issuer() {
        return issuer;
    }

    /**
     * @throws InvalidToken when it proves nothing
     * @throws DomainException {@code unavailable} when the provider's keys can't be had
     */
    TokenSubject verify(SignedJWT token) throws InvalidToken {
        try {
            return Claims.person(claims(token), trustsEmails);
        } catch (KeySourceException e) {
            throw new DomainException(
                    ProblemType.UNAVAILABLE, "The sign-in provider's keys can't be had at the moment.");
        } catch (BadJOSEException | JOSEException e) {
            throw new InvalidToken(e.getMessage(), e);
        }
    }

    private JWTClaimsSet claims(SignedJWT token) throws BadJOSEException, JOSEException {
        try {
            return processor.process(token, null);
        } catch (BadJWSException wrongSignature) {
            return processor.process(token, ProviderKeys.AFTER_A_WRONG_SIGNATURE);
        }
    }

    /** Picks the key of a token: the one it names, or one that has no name, as a PEM file's key has none. */
    private static final class SigningKeys extends JWSVerificationKeySelector<SecurityContext> {

        SigningKeys(Set<JWSAlgorithm> algorithms, JWKSource<SecurityContext> keys) {
            super(algorithms, keys);
        }

        @Override
        protected JWKMatcher createJWKMatcher(JWSHeader header) {
            JWSAlgorithm algorithm = header.getAlgorithm();
            if (!isAllowed(algorithm)) {
                return null;
            }
            JWKMatcher.Builder matcher = new JWKMatcher.Builder()
                    .keyType(KeyType.forAlgorithm(algorithm))
                    .keyUses(KeyUse.SIGNATURE, null)
                    .algorithms(algorithm, null);
            if (header.getKeyID() != null) {
                matcher.keyIDs(header.getKeyID(), null);
            }
            return JWSAlgorithm.Family.EC.contains(algorithm)
                    ? matcher.curves(Curve.forJWSAlgorithm(algorithm)).build()
                    : matcher.build();
        }
    }
}
