package dev.realms.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for this machine and its key, which nobody else trusts. */
record TestCertificate(KeyStore keys) {

    private static final String NAME = "realms";
    private static final char[] PASSWORD = "fake-password".toCharArray();

    /** Into a folder, as {@code realms.crt} and {@code realms.key}. */
    static TestCertificate make(Path folder) throws IOException {
        Path file = folder.resolve("realms.p12");
        keytool(file);
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD);
            write(
                    folder.resolve("realms.crt"),
                    "CERTIFICATE",
                    keys.getCertificate(NAME).getEncoded());
            write(
                    folder.resolve("realms.key"),
                    "PRIVATE KEY",
                    keys.getKey(NAME, PASSWORD).getEncoded());
            return new TestCertificate(keys);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** For a client that trusts it and nothing else. */
    SSLContext trusted() {
        try {
            KeyStore only = KeyStore.getInstance("PKCS12");
            only.load(null, null);
            only.setCertificateEntry(NAME, keys.getCertificate(NAME));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(only);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, trust.getTrustManagers(), null);
            return tls;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void keytool(Path file) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD),
                        "-alias",
                        NAME,
                        "-dname",
                        "CN=Realms tests",
                        "-ext",
                        "SAN=IP:127.0.0.1,DNS:localhost",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-validity",
                        "2")
                .redirectErrorStream(true)
                .redirectOutput(file.resolveSibling("keytool.log").toFile())
                .start();
        try {
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(Files.readString(file.resolveSibling("keytool.log")));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void write(Path file, String what, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Files.writeString(
                file,
                "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(what, text),
                StandardCharsets.US_ASCII);
    }
}
