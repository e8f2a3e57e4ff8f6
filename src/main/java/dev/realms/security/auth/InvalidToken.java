package dev.realms.security.auth;

/**
 * A token that proves nothing. The reason is for the log; callers are not told what to try next.
 *
 * <p>Public because Payara's proxies of enterprise beans live in another module and name the exceptions they pass on.
 */
public final class InvalidToken extends Exception {

    InvalidToken(String reason) {
        super(reason);
    }

    InvalidToken(String reason, Throwable cause) {
        super(reason, cause);
    }
}
