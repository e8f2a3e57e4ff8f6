package dev.realms.security.auth;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The forms that MicroProfile JWT allows for public keys: PEM (key or certificate), JWK or JWK set, these also in base64. */
final class PublicKeys {

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN (PUBLIC KEY|CERTIFICATE)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

    private PublicKeys() {}

    /** @throws IllegalArgumentException when the text is none of these, or holds no key to verify with */
    static JWKSet parse(String text) {
        String stripped = text.strip();
        JWKSet keys = stripped.startsWith("{") ? json(stripped) : pemOrBase64(stripped);
        JWKSet publicKeys = keys.toPublicJWKSet();
        if (publicKeys.isEmpty()) {
            throw new IllegalArgumentException("No public key in it");
        }
        return publicKeys;
    }

    private static JWKSet pemOrBase64(String text) {
        Matcher pem = PEM.matcher(text);
        if (pem.find()) {
            byte[] der = Base64.getMimeDecoder().decode(pem.group(2));
            return new JWKSet(jwk(pem.group(1).equals("CERTIFICATE") ? certified(der) : key(der)));
        }
        String compact = text.replaceAll("\\s", "");
        byte[] decoded = (compact.contains("-") || compact.contains("_") ? Base64.getUrlDecoder() : Base64.getDecoder())
                .decode(compact);
        String json = new String(decoded, StandardCharsets.UTF_8).strip();
        return json.startsWith("{") ? json(json) : new JWKSet(jwk(key(decoded)));
    }

    private static JWKSet json(String text) {
        try {
            return JWKSet.parse(text);
        } catch (ParseException notASet) {
            try {
                return new JWKSet(JWK.parse(text));
            } catch (ParseException e) {
                throw new IllegalArgumentException(e);
            }
        }
    }

    private static JWK jwk(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return new RSAKey.Builder(rsa).build();
        }
        ECPublicKey ec = (ECPublicKey) key;
        return new ECKey.Builder(Curve.forECParameterSpec(ec.getParams()), ec).build();
    }

    private static PublicKey key(byte[] der) {
        for (String algorithm : List.of("RSA", "EC")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der));
            } catch (GeneralSecurityException e) {
                // The other one, then.
            }
        }
        throw new IllegalArgumentException("Neither an RSA nor an EC key");
    }

    private static PublicKey certified(byte[] der) {
        try {
            PublicKey key = CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der))
                    .getPublicKey();
            return key(key.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
