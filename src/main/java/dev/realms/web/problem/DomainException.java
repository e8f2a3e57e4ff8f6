package dev.realms.web.problem;

import jakarta.ejb.ApplicationException;
import java.util.List;

/**
 * A rule of the product was broken by the caller. Rolls the transaction back and becomes the problem answer of its type;
 * the detail is one sentence for the caller and never holds SQL, secrets or anything of another realm.
 */
@ApplicationException(rollback = true)
public class DomainException extends RuntimeException {

    private final ProblemType type;
    private final transient List<FieldError> errors;

    public DomainException(ProblemType type, String detail) {
        this(type, detail, List.of());
    }

    private DomainException(ProblemType type, String detail, List<FieldError> errors) {
        super(detail);
        this.type = type;
        this.errors = List.copyOf(errors);
    }

    public static DomainException invalid(String field, String message) {
        return invalid(List.of(new FieldError(field, message)));
    }

    public static DomainException invalid(List<FieldError> errors) {
        FieldError first = errors.get(0);
        return new DomainException(ProblemType.VALIDATION, first.field() + " " + first.message() + ".", errors);
    }

    public ProblemType type() {
        return type;
    }

    public List<FieldError> errors() {
        return errors == null ? List.of() : errors;
    }
}
