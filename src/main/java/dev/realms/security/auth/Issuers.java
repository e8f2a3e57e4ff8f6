package dev.realms.security.auth;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import dev.realms.settings.LocalIssuerKey;
import dev.realms.settings.OidcSettings;
import dev.realms.settings.SettingException;
import dev.realms.settings.Settings;
import dev.realms.user.SignIn.TokenSubject;
import java.text.ParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The issuers whose tokens are taken: the OIDC provider, the local issuer, both or neither. */
public final class Issuers {

    static final String ISSUER = "mp.jwt.verify.issuer";
    private static final String AUDIENCES = "mp.jwt.verify.audiences";
    private static final String KEY = "mp.jwt.verify.publickey";
    private static final String ALGORITHM = "mp.jwt.verify.publickey.algorithm";

    /** A provider's clock is not ours. The local issuer's is. */
    private static final int CLOCK_SKEW_SECONDS = 30;

    private final List<TokenVerifier> verifiers;

    private Issuers(List<TokenVerifier> verifiers) {
        this.verifiers = verifiers;
    }

    /** @throws SettingException when the settings of the provider are incomplete or wrong */
    public static Issuers of(Settings settings, Optional<LocalIssuerKey> localKey) {
        Map<String, String> provider = settings.tokenVerification();
        if (provider.isEmpty() && settings.oidc().isPresent()) {
            throw new SettingException(ISSUER + " is missing: the tokens that the console gets through "
                    + OidcSettings.CLIENT_ID + " would open nothing.");
        }
        return new Issuers(Stream.concat(
                        localKey.map(Issuers::local).stream(),
                        provider.isEmpty() ? Stream.empty() : Stream.of(provider(provider, settings.trustEmails())))
                .toList());
    }

    /**
     * Whom the text speaks of, or empty when it is no token of any of these issuers, so that it may be an API key.
     *
     * @throws InvalidToken when it names one of them and was not signed by it, has expired or is not for us
     */
    Optional<TokenSubject> identify(String text) throws InvalidToken {
        Optional<JWT> token = parse(text);
        Optional<TokenVerifier> verifier = token.flatMap(this::verifier);
        if (verifier.isEmpty()) {
            return Optional.empty();
        }
        if (token.get() instanceof SignedJWT signed) {
            return Optional.of(verifier.get().verify(signed));
        }
        throw new InvalidToken("is not signed");
    }

    private Optional<TokenVerifier> verifier(JWT token) {
        try {
            String issuer = token.getJWTClaimsSet() == null
                    ? null
                    : token.getJWTClaimsSet().getIssuer();
            return verifiers.stream().filter(one -> one.issuer().equals(issuer)).findFirst();
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<JWT> parse(String text) {
        try {
            return Optional.of(JWTParser.parse(text));
        } catch (ParseException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static TokenVerifier local(LocalIssuerKey key) {
        return new TokenVerifier(
                LocalIssuerKey.ISSUER,
                Set.of(LocalIssuerKey.AUDIENCE),
                Set.of(JWSAlgorithm.RS256),
                new ImmutableJWKSet<>(new JWKSet(key.publicKey())),
                false,
                0);
    }

    private static TokenVerifier provider(Map<String, String> settings, boolean trustsEmails) {
        String issuer = settings.get(ISSUER);
        if (issuer == null) {
            throw new SettingException(
                    ISSUER + " is missing: it must be the provider's issuer, as its tokens name it.");
        } else if (issuer.equals(LocalIssuerKey.ISSUER)) {
            throw new SettingException("%s must not be '%s', which is the local issuer.".formatted(ISSUER, issuer));
        }
        return new TokenVerifier(
                issuer, audiences(settings), algorithms(settings), keys(settings), trustsEmails, CLOCK_SKEW_SECONDS);
    }

    private static Set<String> audiences(Map<String, String> settings) {
        Set<String> audiences = Arrays.stream(
                        settings.getOrDefault(AUDIENCES, "").split(","))
                .map(String::strip)
                .filter(audience -> !audience.isEmpty())
                .collect(Collectors.toSet());
        if (audiences.isEmpty()) {
            throw new SettingException(AUDIENCES
                    + " is missing: without it a token that the provider made for any other service opens this one.");
        }
        return audiences;
    }

    private static Set<JWSAlgorithm> algorithms(Map<String, String> settings) {
        String name = settings.get(ALGORITHM);
        if (name == null) {
            return Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);
        } else if (!name.equals("RS256") && !name.equals("ES256")) {
            throw new SettingException("%s must be RS256 or ES256, but is '%s'.".formatted(ALGORITHM, name));
        }
        return Set.of(JWSAlgorithm.parse(name));
    }

    private static JWKSource<SecurityContext> keys(Map<String, String> settings) {
        String key = settings.get(KEY);
        String location = settings.get(KeyLocation.NAME);
        if ((key == null) == (location == null)) {
            throw new SettingException("Exactly one of %s and %s must be set, but %s."
                    .formatted(KEY, KeyLocation.NAME, key == null ? "neither is" : "both are"));
        }
        try {
            return key == null ? KeyLocation.of(location) : new ImmutableJWKSet<>(PublicKeys.parse(key));
        } catch (IllegalArgumentException e) {
            throw new SettingException(KEY + " must be a public key as PEM, JWK or JWKS, but is none of these.");
        }
    }
}
