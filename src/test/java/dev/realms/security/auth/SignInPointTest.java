package dev.realms.security.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.settings.Secret;
import dev.realms.settings.Settings;
import dev.realms.settings.SignInCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignInPointTest {

    @TempDir
    private Path data;

    @Test
    void givesATokenForTheCodeOnce() throws Exception {
        SignInPoint point = point(true);
        String code = SignInCode.read(data);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(SignInCode.FILE))))
                .isEqualTo("rw-------");
        assertThat(exchange(point, code + "0")).isEmpty();
        assertThat(exchange(point, "")).isEmpty();

        String token = exchange(point, code).orElseThrow().token();

        assertThat(point.identify(new Secret(token)).orElseThrow().subject()).isEqualTo("administrator");
        assertThat(exchange(point, code)).isEmpty();
    }

    @Test
    void givesOneTokenToManyAtOnce() throws Exception {
        SignInPoint point = point(true);
        String code = SignInCode.read(data);

        long given = IntStream.range(0, 100)
                .parallel()
                .filter(i -> exchange(point, code).isPresent())
                .count();

        assertThat(given).isEqualTo(1);
    }

    @Test
    void makesAnotherCodeAtEachStart() throws Exception {
        point(true);
        String before = SignInCode.read(data);

        SignInPoint again = point(true);

        assertThat(exchange(again, before)).isEmpty();
        assertThat(exchange(again, SignInCode.read(data))).isPresent();
    }

    @Test
    void givesNoTokenWhileTheLocalIssuerIsOff() throws Exception {
        point(true);

        SignInPoint off = point(false);

        assertThat(exchange(off, SignInCode.read(data))).isEmpty();
        assertThat(off.view().localIssuer()).isFalse();
    }

    private SignInPoint point(boolean local) {
        Map<String, String> settings =
                Map.of("realms.auth.local-issuer", Boolean.toString(local), "realms.data.dir", data.toString());
        SignInPoint point = new SignInPoint();
        point.open(Settings.read(name -> Optional.ofNullable(settings.get(name))));
        return point;
    }

    private static Optional<TokenView> exchange(SignInPoint point, String code) {
        try {
            return point.exchange(new Secret(code));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
