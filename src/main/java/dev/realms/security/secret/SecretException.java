package dev.realms.security.secret;

/** A sealed text can't be opened. Does not say why. */
public final class SecretException extends RuntimeException {

    SecretException() {
        super("A stored secret can't be opened");
    }
}
