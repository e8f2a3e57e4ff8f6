package dev.realms.security.auth;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import dev.realms.settings.SettingException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * {@code mp.jwt.verify.publickey.location}: an http(s) URL, a {@code file:} or {@code classpath:} URL, a path of a file, or
 * else the name of a class path resource.
 *
 * @see ProviderKeys when it is read
 */
final class KeyLocation implements ProviderKeys.Place {

    static final String NAME = "mp.jwt.verify.publickey.location";

    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
    private static final int READ_TIMEOUT_MILLIS = 3_000;
    private static final int LARGEST_BYTES = 512 * 1024;

    private final String location;
    private final DefaultResourceRetriever retriever =
            new DefaultResourceRetriever(CONNECT_TIMEOUT_MILLIS, READ_TIMEOUT_MILLIS, LARGEST_BYTES);

    private KeyLocation(String location) {
        this.location = location;
    }

    /** @throws SettingException when nothing can be at such a place, or there is nothing at a place on this machine */
    static JWKSource<SecurityContext> of(String location) {
        KeyLocation source = new KeyLocation(location);
        if (!source.isRemote()) {
            source.requireReadable();
        }
        return new ProviderKeys(source, System::nanoTime);
    }

    @Override
    public JWKSet read() throws IOException {
        try {
            return PublicKeys.parse(text());
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            throw new IOException("No keys at " + location, e);
        }
    }

    private boolean isRemote() {
        return location.startsWith("http://") || location.startsWith("https://");
    }

    private void requireReadable() {
        try {
            read();
        } catch (IOException e) {
            throw new SettingException(
                    "%s must name a JWKS or a PEM file, but there is none at '%s'.".formatted(NAME, location));
        }
    }

    private String text() throws IOException {
        if (isRemote()) {
            return retriever.retrieveResource(new URL(location)).getContent();
        } else if (location.startsWith("file:")) {
            return Files.readString(Path.of(URI.create(location)));
        } else if (location.startsWith("classpath:")) {
            return resource(location.substring("classpath:".length()));
        }
        try {
            Path file = Path.of(location);
            return Files.isRegularFile(file) ? Files.readString(file) : resource(location);
        } catch (InvalidPathException e) {
            return resource(location);
        }
    }

    private static String resource(String name) throws IOException {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try (InputStream text = loader.getResourceAsStream(name.startsWith("/") ? name.substring(1) : name)) {
            if (text == null) {
                throw new IOException("No resource " + name);
            }
            return new String(text.readNBytes(LARGEST_BYTES), StandardCharsets.UTF_8);
        }
    }
}
