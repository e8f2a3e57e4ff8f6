package dev.realms.security.auth;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import java.util.Set;

/** Picks the key of a token: the one it names, or one that has no name, as a PEM file's key has none. */
final class SigningKeys extends JWSVerificationKeySelector<SecurityContext> {

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
