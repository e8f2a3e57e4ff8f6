package dev.realms.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalIssuerKeyTest {

    @TempDir
    Path data;

    @Test
    void mintsWhatItsPublicKeyVerifies() throws Exception {
        LocalIssuerKey key = LocalIssuerKey.readOrCreate(data);

        SignedJWT token = SignedJWT.parse(key.mint("someone", Duration.ofDays(7)));

        assertThat(token.verify(new RSASSAVerifier(key.publicKey()))).isTrue();
        assertThat(token.getHeader().getKeyID()).isEqualTo(key.publicKey().getKeyID());
        assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo("realms-local");
        assertThat(token.getJWTClaimsSet().getAudience()).containsExactly("realms");
        assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo("someone");
        assertThat(token.getJWTClaimsSet().getExpirationTime())
                .isBetween(Instant.now().plus(Duration.ofDays(6)), Instant.now().plus(Duration.ofDays(8)));
        assertThat(key.publicKey().isPrivate()).isFalse();
    }

    @Test
    void keepsTheKeyForItsUserOnly() throws IOException {
        LocalIssuerKey first = LocalIssuerKey.readOrCreate(data);
        LocalIssuerKey second = LocalIssuerKey.readOrCreate(data);

        assertThat(second.publicKey()).isEqualTo(first.publicKey());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(LocalIssuerKey.FILE))))
                .isEqualTo("rw-------");
        assertThat(data).isDirectoryNotContaining(file -> file.toString().endsWith(".new"));
    }

    @Test
    void saysWhichFileIsDamaged() throws IOException {
        Files.writeString(data.resolve(LocalIssuerKey.FILE), "{}");

        assertThatThrownBy(() -> LocalIssuerKey.readOrCreate(data))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("local-issuer.jwk holds no RSA key");
    }
}
