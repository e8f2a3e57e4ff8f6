package dev.realms.web.problem;

/** What can go wrong for a caller: the HTTP status, the {@code code} of the problem answer and its title (RFC 9457). */
public enum ProblemType {
    VALIDATION(400, "validation", "The request is not valid"),
    UNAUTHENTICATED(401, "unauthenticated", "Nobody is signed in"),
    FORBIDDEN(403, "forbidden", "This is not allowed"),
    NOT_FOUND(404, "not-found", "There is no such resource"),
    REALM_NOT_FOUND(404, "realm-not-found", "There is no such realm"),
    METHOD_NOT_ALLOWED(405, "method-not-allowed", "The resource has no such method"),
    NOT_ACCEPTABLE(406, "not-acceptable", "No acceptable representation"),
    TOO_SLOW(408, "too-slow", "The request took too long to arrive"),
    REALM_NAME_TAKEN(409, "realm-name-taken", "Another active realm has this name"),
    NAME_TAKEN(409, "name-taken", "The name is taken"),
    EMAIL_TAKEN(409, "email-taken", "Another user has this e-mail address"),
    DEFAULT_REALM(409, "default-realm", "The default realm stays"),
    REALM_NOT_EMPTY(409, "realm-not-empty", "The realm holds data"),
    TORN_REFERENCE(409, "torn-reference", "Something would be torn from what it belongs to"),
    LAST_ADMIN(409, "last-admin", "The last administrator stays"),
    OWN_ACCOUNT(409, "own-account", "One's own account stays"),
    WRONG_STATE(409, "wrong-state", "The state does not allow this"),
    PREFLIGHT_FINDINGS(409, "preflight-findings", "Findings of the preflight get in the way"),
    STALE(412, "stale", "The resource has changed"),
    TOO_LARGE(413, "too-large", "The request is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "unsupported-media-type", "The media type is not supported"),
    IDEMPOTENCY_KEY_REUSED(422, "idempotency-key-reused", "The idempotency key was used for another request"),
    TOO_MANY_REQUESTS(429, "too-many-requests", "Too many requests"),
    INTERNAL(500, "internal", "Something went wrong on our side"),
    UNAVAILABLE(503, "unavailable", "The service is not available"),
    MIGRATION_IN_PROGRESS(503, "migration-in-progress", "The data is being moved into realms");

    private final int status;
    private final String code;
    private final String title;

    ProblemType(int status, String code, String title) {
        this.status = status;
        this.code = code;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String title() {
        return title;
    }

    /** What an HTTP status stands for when the application server, not we, found the fault. */
    static ProblemType ofStatus(int status) {
        return switch (status) {
            case 401 -> UNAUTHENTICATED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            // What a servlet says to a method that it has never heard of.
            case 405, 501 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 408 -> TOO_SLOW;
            case 413, 414, 431 -> TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 429 -> TOO_MANY_REQUESTS;
            case 503 -> UNAVAILABLE;
            default -> status < 500 ? VALIDATION : INTERNAL;
        };
    }
}
