package dev.realms.security.auth;

/** A token, shown once. */
public record TokenView(String token) {

    /** Without the token. */
    @Override
    public String toString() {
        return "TokenView[]";
    }
}
