package dev.realms.settings;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/**
 * The key of the local issuer, kept as a private JWK in the data directory: it signs tokens where no OIDC provider is.
 *
 * <p>A token of it is an RS256 JWT whose subject is a user's id, so that it dies with the user, or {@link #ADMINISTRATOR}.
 */
public final class LocalIssuerKey {

    public static final String FILE = "local-issuer.jwk";
    public static final String ISSUER = "realms-local";
    public static final String AUDIENCE = "realms";

    /** The subject of the issuer's own administrator, who has one user once and for all. */
    public static final String ADMINISTRATOR = "administrator";

    public static final String ADMINISTRATOR_EMAIL = "admin@realms.local";

    /** Holds a token of the administrator, the way in where no identity provider is; each start of the service writes a new one. */
    public static final String ADMIN_TOKEN_FILE = "admin-token";

    public static final Duration ADMIN_TOKEN_LIFE = Duration.ofDays(7);

    private final RSAKey key;

    private LocalIssuerKey(RSAKey key) {
        this.key = key;
    }

    /** Reads the key of this data directory, or makes one (RSA 2048, mode 0600) on first use. */
    public static LocalIssuerKey readOrCreate(Path dataDirectory) throws IOException {
        Path file = dataDirectory.resolve(FILE);
        try {
            RSAKey key = RSAKey.parse(PrivateFile.readOrCreate(file, LocalIssuerKey::generate));
            if (!key.isPrivate()) {
                throw new IOException(file + " holds no private key.");
            }
            return new LocalIssuerKey(key);
        } catch (ParseException | IllegalArgumentException damaged) {
            throw new IOException(file + " holds no RSA key as JWK: restore it, or delete it for a new one.", damaged);
        }
    }

    /** What verifies the tokens; it holds no private part. */
    public RSAKey publicKey() {
        return key.toPublicJWK();
    }

    /** @param subject the id of a user, or {@link #ADMINISTRATOR} */
    public String mint(String subject, Duration timeToLive) {
        Instant now = Instant.now();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject(subject)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(timeToLive)))
                .jwtID(UUID.randomUUID().toString())
                .build();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(JOSEObjectType.JWT)
                .keyID(key.getKeyID())
                .build();
        SignedJWT token = new SignedJWT(header, claims);
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
        return token.serialize();
    }

    /** The first sign-in with it makes the administrator, or takes the user with that address, once for each installation. */
    public void writeAdminToken(Path dataDirectory) throws IOException {
        PrivateFile.write(dataDirectory.resolve(ADMIN_TOKEN_FILE), mint(ADMINISTRATOR, ADMIN_TOKEN_LIFE));
    }

    private static String generate() {
        try {
            return new RSAKeyGenerator(2048)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyIDFromThumbprint(true)
                    .generate()
                    .toJSONString();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
