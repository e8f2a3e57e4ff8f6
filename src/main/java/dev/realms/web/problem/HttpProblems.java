package dev.realms.web.problem;

/** Which problem an HTTP status stands for when the application server, not we, found the fault. */
public final class HttpProblems {

    private HttpProblems() {}

    public static ProblemType ofStatus(int status) {
        return switch (status) {
            case 401 -> ProblemType.UNAUTHENTICATED;
            case 403 -> ProblemType.FORBIDDEN;
            case 404 -> ProblemType.NOT_FOUND;
            // What a servlet says to a method that it has never heard of.
            case 405, 501 -> ProblemType.METHOD_NOT_ALLOWED;
            case 406 -> ProblemType.NOT_ACCEPTABLE;
            case 408 -> ProblemType.TOO_SLOW;
            case 413, 414, 431 -> ProblemType.TOO_LARGE;
            case 415 -> ProblemType.UNSUPPORTED_MEDIA_TYPE;
            case 429 -> ProblemType.TOO_MANY_REQUESTS;
            case 503 -> ProblemType.UNAVAILABLE;
            default -> status < 500 ? ProblemType.VALIDATION : ProblemType.INTERNAL;
        };
    }
}
