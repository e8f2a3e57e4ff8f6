package dev.realms.client;

import dev.realms.web.problem.FieldError;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the service said instead of doing what it was asked for (RFC 9457). */
public class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;
    private final transient List<FieldError> errors;
    private final Duration retryAfter;

    ProblemException(int status, String code, String detail, List<FieldError> errors, Duration retryAfter) {
        super(status + " " + code + ": " + detail + (errors.isEmpty() ? "" : " " + errors));
        this.status = status;
        this.code = code;
        this.errors = errors;
        this.retryAfter = retryAfter;
    }

    public int status() {
        return status;
    }

    /** Such as {@code realm-not-found}; {@code unknown} for an answer that is not the service's, as a proxy may give it. */
    public String code() {
        return code;
    }

    /** The fields that are wrong, where the code is {@code validation}. */
    public List<FieldError> errors() {
        return errors;
    }

    /** After how long the service wants to be asked again, if at all. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
